package io.proffer.api.resource;

import static io.proffer.api.resource.ResourceValidationTest.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceUseTest {
  private static final String RESERVED = " reservations { type: DYNAMIC role: 'r' } ";
  private static final String VOLUME = " volume { container_path: 'p' mode: RW } ";

  private static List<Resource> list(String... texts) {
    return List.of(texts).stream().map(ResourceValidationTest::resource).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name: 'a' type: TEXT |"
            + " Invalid resources: Resource 'a:' is invalid: Unsupported resource type",
        "name: 'gpus' type: SCALAR scalar { value: 1.5 } |"
            + " Invalid 'gpus' resource: The 'gpus' resource must be an unsigned integer",
        "DISK RESERVED revocable { } disk { persistence { id: 'v' } VOLUME } |"
            + " Invalid DiskInfo: Persistent volumes cannot be created from revocable resources",
        "DISK disk { persistence { id: 'v' } VOLUME } |"
            + " Invalid DiskInfo: Persistent volumes cannot be created from unreserved resources",
        "DISK RESERVED disk { persistence { id: 'v' } } |"
            + " Invalid DiskInfo: Expecting 'volume' to be set for persistent volume",
        "DISK RESERVED disk { persistence { id: 'v' }"
            + " volume { container_path: 'p' mode: RW host_path: 'h' } } |"
            + " Invalid DiskInfo: Expecting 'host_path' to be unset for persistent volume",
        "DISK RESERVED disk { persistence { id: 'a/b' } VOLUME } |"
            + " Invalid DiskInfo: Invalid persistence ID for persistent volume: 'a/b' contains"
            + " invalid characters",
        "DISK RESERVED disk { VOLUME } |"
            + " Invalid DiskInfo: Non-persistent volume not supported",
        "DISK disk { } | Invalid DiskInfo: DiskInfo is set but empty",
        "CPUS RESERVED revocable { } |"
            + " Invalid ReservationInfo: Dynamically reserved resource"
            + " cpus(reservations: [(DYNAMIC,r)]){REV}:1 cannot be created from revocable"
            + " resources",
      })
  void whatCannotBeUsedIsTold(String message, String text) {
    var expanded = message.replace("RESERVED", RESERVED).replace("VOLUME", VOLUME);
    assertEquals(Optional.of(text), ResourceValidation.checkUse(List.of(resource(expanded))));
  }

  @Test
  void volumesAreUniqueByRole() {
    var volume = "DISK disk { persistence { id: 'v' } " + VOLUME + "}";
    var ofR = volume + RESERVED;
    var ofS = volume + " reservations { type: DYNAMIC role: 's' }";
    assertEquals(Optional.empty(), ResourceListValidation.checkPersistenceIds(list(ofR, ofS)));
    assertEquals(
        Optional.of("Persistence ID 'v' is not unique"),
        ResourceListValidation.checkPersistenceIds(list(ofR, ofS, ofR)));
  }

  @Test
  void revocableAndOtherResourcesOfOneNameDoNotMix() {
    assertEquals(
        Optional.of("Cannot use both revocable and non-revocable 'cpus' at the same time"),
        ResourceListValidation.checkRevocableMix(list("CPUS ", "CPUS revocable { }")));
    assertEquals(
        Optional.empty(),
        ResourceListValidation.checkRevocableMix(list("DISK ", "CPUS revocable { }")));
  }

  @Test
  void allAreAllocatedToOneRole() {
    var r = "CPUS allocation_info { role: 'r' }";
    var s = "CPUS allocation_info { role: 's' }";
    assertEquals(Optional.empty(), ResourceListValidation.checkOneAllocationRole(list(r, r)));
    assertEquals(
        Optional.of("The resources are not allocated to a role"),
        ResourceListValidation.checkOneAllocationRole(list(r, "CPUS ")));
    assertEquals(
        Optional.of(
            "The resources have multiple allocation roles ('r' and 's') but only one allocation"
                + " role is allowed"),
        ResourceListValidation.checkOneAllocationRole(list(r, s)));
  }

  @Test
  void allComeFromOneProvider() {
    var p = "CPUS provider_id { value: 'p' }";
    var q = "CPUS provider_id { value: 'q' }";
    assertEquals(Optional.empty(), ResourceListValidation.checkOneProvider(list("CPUS ")));
    assertEquals(Optional.empty(), ResourceListValidation.checkOneProvider(list(p, p)));
    assertEquals(
        Optional.of("Some resources have a resource provider and some do not"),
        ResourceListValidation.checkOneProvider(list(p, "CPUS ")));
    assertEquals(
        Optional.of("The resources have multiple resource providers: p, q"),
        ResourceListValidation.checkOneProvider(list(p, q)));
    assertEquals(
        Optional.of("The resources have multiple resource providers: "),
        ResourceListValidation.checkOneProvider(list()));
  }
}
