package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.AclFormatException;
import io.proffer.api.acl.Rights;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.Event;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may not say anything of one of the roles says nothing, and is told nothing of the cluster.
 */
class RoleRightsTest {
  private static final String CPUS = "{'name':'cpus','type':'SCALAR','scalar':{'value':1}}";

  private final Given given = new Given();
  private Operator ann;

  @BeforeEach
  void annIsInChargeOfOneRole() throws AclFormatException {
    var acls =
        AclDocument.parse(
            """
            {"permissive": false,
             "update_quotas": [{"principals": {"values": ["ann"]}, "roles": {"values": ["r"]}}],
             "update_weights": [{"principals": {"values": ["ann"]}, "roles": {"values": ["r"]}}]}
            """);
    ann = new Operator(given, new Rights(acls, Optional.of("ann")));
  }

  @Test
  void ofTheOwnRoleSheMaySayWhatSheLikes() {
    ann.updatesWeights("[{'role':'r','weight':2}]").effect(Reply.Done.class);
    ann.forcesQuota("[{'role':'r','guarantees':{'cpus':{'value':2}}}]").effect(Reply.Done.class);
    ann.removesQuota("r", Optional.empty()).effect(Reply.Done.class);
    ann.setsQuota("{'role':'r','force':true,'guarantee':[" + CPUS + "]}").effect(Reply.Done.class);
  }

  @Test
  void ofOthersNothingNotEvenTogetherWithHerOwn() {
    assertForbidden(ann.updatesWeights("[{'role':'r','weight':2},{'role':'s','weight':2}]"));
    assertForbidden(
        ann.updatesQuota("[{'role':'r'},{'role':'s','guarantees':{'cpus':{'value':2000}}}]"));
    assertForbidden(ann.setsQuota("{'role':'s','guarantee':[" + CPUS + "]}"));
    assertForbidden(ann.removesQuota("s", Optional.empty()));
  }

  private static void assertForbidden(Then then) {
    assertEquals(Rejection.forbidden(), then.effect(Reply.Refused.class).rejection());
    assertEquals(List.of(), then.events(Event.class));
  }
}
