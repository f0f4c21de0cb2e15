package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas are set as asked, or refused with the reference's words and nothing is changed. */
class QuotaTest {
  private final Given given = new Given();
  private final Operator operator = new Operator(given);
  private final Host agent = given.agent("cpus:4;mem:4096;disk:8192;ports:[1-10]");

  @Test
  void guaranteesAndLimitsAreKeptAndToldToTheAllocator() {
    var then =
        operator.updatesQuota(
            "[{'role':'r','guarantees':{'cpus':{'value':1}},'limits':{'cpus':{'value':2},"
                + "'gpus':{'value':0}}},{'role':'*','limits':{'mem':{'value':64}}}]");

    var all =
        List.of(
            quota("*", "{}", Map.of("mem", 64_000L)),
            quota("r", "cpus:1", Map.of("cpus", 2000L, "gpus", 0L)));
    assertEquals(new RoleEvent.QuotasSet(all), then.event(RoleEvent.QuotasSet.class));
    then.effect(Reply.Done.class);
    assertEquals(all, List.copyOf(given.snapshot().roles().quotas().values()));
    assertEquals(new RoleEvent.QuotasSet(all), given.allocator.followed.getLast());
  }

  @Test
  void aRoleWithoutQuotaAnyMoreStaysKnown() {
    operator.updatesQuota("[{'role':'r','guarantees':{'cpus':{'value':1}}}]");
    operator.updatesQuota("[{'role':'r'}]").effect(Reply.Done.class);

    assertEquals(Map.of("r", Quota.none("r")), given.snapshot().roles().quotas());
  }

  @Test
  void ofARoleThatIsNamedTwiceTheLastWordCounts() {
    operator.updatesQuota("[{'role':'r','limits':{'cpus':{'value':1}}},{'role':'r'}]");

    assertEquals(Map.of("r", Quota.none("r")), given.snapshot().roles().quotas());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'role':''|Invalid QuotaConfig: Invalid 'QuotaConfig.role': Role names cannot be the empty"
            + " string",
        "'role':'a b'|Invalid QuotaConfig: Invalid 'QuotaConfig.role': Role component 'a b' is"
            + " invalid because it contains backspace or whitespace",
        "'role':'a/b'|Updating quota on nested role 'a/b' is not supported yet",
        "'role':'r','limits':{'cpus':{'value':-2}}|Invalid QuotaConfig: Invalid limit configuration"
            + " {'cpus': -2}: Negative values not supported",
        "'role':'r','guarantees':{'':{'value':2}}|Invalid QuotaConfig: Invalid guarantee"
            + " configuration: Empty resource name",
        "'role':'r','guarantees':{'cpus':{'value':1e-310}}|Invalid QuotaConfig: Invalid guarantee"
            + " configuration {'cpus': 0}: Subnormal values not supported",
        "'role':'r','guarantees':{'cpus':{'value':1000000000001}}|Invalid QuotaConfig: Invalid"
            + " 'QuotaConfig.guarantees': {'cpus': 1000000000001} is invalid: values greater than 1"
            + " trillion (1000000000000) are not supported",
        "'role':'r','limits':{'mem':{'value':1099511627777}}|Invalid QuotaConfig: Invalid"
            + " 'QuotaConfig.limits': {'mem': 1099511627777} is invalid: values greater than 1"
            + " exabyte (1099511627776) are not supported",
        "'role':'r','guarantees':{'cpus':{'value':3}},'limits':{'cpus':{'value':2}}|Invalid"
            + " QuotaConfig: 'QuotaConfig.guarantees' { cpus: 3 } is not contained within the"
            + " 'QuotaConfig.limits' { cpus: 2 }",
        "'role':'r','guarantees':{'mem':{'value':4096},'cpus':{'value':1000}}|Invalid QuotaConfig:"
            + " total quota guarantees 'cpus:1000; mem:4096' exceed cluster capacity 'cpus:4;"
            + " disk:8192; mem:4096' (use 'force' flag to bypass this check)"
      })
  void aBadQuotaIsRefusedAndWithItAllOfTheCall(String config, String text) {
    var then =
        operator.updatesQuota("[{'role':'good','limits':{'cpus':{'value':1}}},{" + config + "}]");

    assertRefused(Rejection.invalid(text), then);
  }

  @ParameterizedTest
  @CsvSource({"NaN,NaN not supported,nan", "Infinity,Infinite values not supported,inf"})
  void whatIsNoNumberIsRefusedToo(double value, String reason, String shown) {
    var config =
        QuotaConfig.newBuilder()
            .setRole("r")
            .putLimits("cpus", Value.Scalar.newBuilder().setValue(value).build())
            .build();
    var then =
        given.when(
            new OperatorCommand.UpdateQuota(
                List.of(config), true, operator.rights(), given.replyTo()));

    assertRefused(
        Rejection.invalid(
            "Invalid QuotaConfig: Invalid limit configuration {'cpus': %s}: %s"
                .formatted(shown, reason)),
        then);
  }

  @Test
  void limitsBelowWhatIsUsedNeedForce() {
    var framework = given.framework();
    framework.launches(
        given.offer(framework.id(), agent.id(), "cpus:0.1;mem:32"),
        Infos.task("t", agent.id(), "cpus:0.1;mem:32"));
    var limits = "[{'role':'r','limits':{'cpus':{'value':0.01}}}]";

    assertRefused(
        Rejection.invalid(
            "Invalid QuotaConfig: Role 'r' is already consuming 'cpus:0.1; mem:32'; this is more"
                + " than the requested limits 'cpus:0.01' (use 'force' flag to bypass this check)"),
        operator.updatesQuota(limits));
    operator.forcesQuota(limits).effect(Reply.Done.class);
  }

  @Test
  void whatSubRolesUseCountsToo() {
    var framework = given.subscribed(Infos.framework("r/s"));
    given.allocator.grant(
        new Grant(
            framework.id(),
            "r/s",
            agent.id(),
            Resources.parse("cpus:2", "*").withAllocation("r/s")));
    given.tick();
    var offer = given.snapshot().offers().iterator().next().id();
    framework.launches(offer, Infos.task("t", agent.id(), "cpus:2"));

    var then = operator.updatesQuota("[{'role':'r','limits':{'cpus':{'value':1}}}]");

    assertEquals(
        "Invalid QuotaConfig: Role 'r' is already consuming 'cpus:2'; this is more than the"
            + " requested limits 'cpus:1' (use 'force' flag to bypass this check)",
        then.effect(Reply.Refused.class).rejection().text());
  }

  @Test
  void afterAForcedOvercommitEveryOtherQuotaIsRefusedUntilItIsTakenBack() {
    operator
        .forcesQuota("[{'role':'big','guarantees':{'cpus':{'value':1000}}}]")
        .effect(Reply.Done.class);
    var limits = "[{'role':'r','limits':{'cpus':{'value':2}}}]";

    assertEquals(
        "Invalid QuotaConfig: total quota guarantees 'cpus:1000' exceed cluster capacity 'cpus:4;"
            + " disk:8192; mem:4096' (use 'force' flag to bypass this check)",
        operator.updatesQuota(limits).effect(Reply.Refused.class).rejection().text());
    operator.updatesQuota("[{'role':'big'}]").effect(Reply.Done.class);
    operator.updatesQuota(limits).effect(Reply.Done.class);
  }

  @Test
  void theOldFormSetsAGuaranteeThatIsTheLimit() {
    operator.setsQuota(request("'role':'old','guarantee':[" + CPUS + "]")).effect(Reply.Done.class);

    assertEquals(
        Map.of("old", quota("old", "cpus:1", Map.of("cpus", 1000L))),
        given.snapshot().roles().quotas());
  }

  private static final String CPUS = "{'name':'cpus','type':'SCALAR','scalar':{'value':1}}";
  private static final String PORTS =
      "{'name':'ports','type':'RANGES','ranges':{'range':[{'begin':1,'end':2}]}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "''|CPUS|QuotaInfo with invalid role: Role names cannot be the empty string",
        "'old'||QuotaInfo with empty 'guarantee'",
        "'old'|{'name':'cpus','type':'SCALAR'}|QuotaInfo with invalid resource: Resource 'cpus:0'"
            + " is invalid: Invalid scalar resource",
        "'old'|{'name':'disk','type':'SCALAR','scalar':{'value':1},'disk':{'source':{'type':'MOUNT'}}}|QuotaInfo"
            + " must not contain any DiskInfo",
        "'old'|{'name':'cpus','type':'SCALAR','scalar':{'value':1},'role':'x'}|QuotaInfo must not"
            + " contain any ReservationInfo",
        "'old'|{'name':'cpus','type':'SCALAR','scalar':{'value':1},'revocable':{}}|QuotaInfo must"
            + " not contain any RevocableInfo",
        "'old'|PORTS|QuotaInfo must not include non-scalar resources",
        "'old'|CPUS,CPUS|QuotaInfo contains duplicate resource name 'cpus'"
      })
  void aBadQuotaOfTheOldFormIsRefused(String role, String guarantee, String text) {
    var resources =
        guarantee == null ? "" : guarantee.replace("CPUS", CPUS).replace("PORTS", PORTS);
    var then = operator.setsQuota(request("'role':" + role + ",'guarantee':[" + resources + "]"));

    assertRefused(Rejection.invalid("Failed to validate set quota request: " + text), then);
  }

  @Test
  void theOldFormIsForOneRoleAtATimeThatHasNoneAndFits() {
    var nested = operator.setsQuota(request("'role':'a/b','guarantee':[" + CPUS + "]"));
    assertRefused(
        Rejection.invalid("Setting quota on nested role 'a/b' is not supported yet"), nested);

    var big = request("'role':'old','guarantee':[" + CPUS.replace("1}", "5}") + "]");
    assertRefused(
        Rejection.conflict(
            "Quota guarantees overcommit the cluster (use 'force' to bypass this check): Total"
                + " quota guarantees 'cpus:5' exceed cluster capacity 'cpus:4; disk:8192;"
                + " mem:4096'"),
        operator.setsQuota(big));
    operator.setsQuota(big.replace("{'role'", "{'force':true,'role'")).effect(Reply.Done.class);
    assertEquals(
        "Failed to validate set quota request: Cannot set quota for role 'old' which already has"
            + " quota",
        operator.setsQuota(big).effect(Reply.Refused.class).rejection().text());
  }

  @Test
  void aQuotaIsRemovedOnce() {
    operator.updatesQuota("[{'role':'r','guarantees':{'cpus':{'value':1}}}]");

    operator.removesQuota("r", Optional.empty()).effect(Reply.Done.class);

    assertRefused(
        Rejection.invalid("Failed to remove quota: Role 'r' has no quota set"),
        operator.removesQuota("r", Optional.empty()));
    assertRefused(
        Rejection.invalid(
            "Failed to remove quota for path '/master/quota/r': Role 'r' has no quota set"),
        operator.removesQuota("r", Optional.of("/master/quota/r")));
  }

  @Test
  void onlyRolesOfTheWhitelistHaveQuotas() {
    var strict = new Given(withRoles("r"));
    strict.agent("cpus:4");
    var them = new Operator(strict);

    assertEquals(
        "Invalid QuotaConfig: 's' is not on the roles whitelist",
        them.updatesQuota("[{'role':'s'}]").effect(Reply.Refused.class).rejection().text());
    assertEquals(
        "Failed to validate set quota request: Unknown role 's'",
        them.setsQuota(request("'role':'s','guarantee':[" + CPUS + "]"))
            .effect(Reply.Refused.class)
            .rejection()
            .text());
    assertEquals(
        "Failed to validate remove quota request for path '/master/quota/s': Unknown role 's'",
        them.removesQuota("s", Optional.of("/master/quota/s"))
            .effect(Reply.Refused.class)
            .rejection()
            .text());
    them.updatesQuota("[{'role':'r'},{'role':'*'}]").effect(Reply.Done.class);
  }

  static CoreSettings withRoles(String... roles) {
    var usual = CoreSettings.defaults();
    return new CoreSettings(
        Duration.ofMinutes(10),
        Optional.empty(),
        Optional.of(List.of(roles)),
        true,
        usual.maxCompletedFrameworks(),
        usual.maxCompletedTasksPerFramework(),
        usual.maxUnreachableTasksPerFramework(),
        usual.turnEntities(),
        usual.maxPagedReconciliations(),
        usual.maxWaitingAccepts(),
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }

  private void assertRefused(Rejection rejection, Then then) {
    assertEquals(rejection, then.effect(Reply.Refused.class).rejection());
    assertEquals(List.of(), then.events(Event.class));
  }

  private static String request(String members) {
    return "{" + members + "}";
  }

  private static Quota quota(String role, String guarantees, Map<String, Long> limits) {
    var kept = guarantees.equals("{}") ? Quantities.empty() : Quantities.parse(guarantees);
    return new Quota(role, kept, new TreeMap<>(limits));
  }
}
