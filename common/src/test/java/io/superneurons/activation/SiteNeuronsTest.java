package io.superneurons.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SiteNeuronsTest {

  @Test
  void aNeuronStandsWhereItsIndexIsAmongThoseWanted() {
    SiteNeurons some = SiteNeurons.of(new TreeSet<>(Set.of(9, 2, 4)));
    assertEquals(List.of(2, 4, 9), some.indices());
    assertEquals(3, some.count(16));
    assertEquals(1, some.position(4));
    assertThrows(IllegalArgumentException.class, () -> some.position(3));
  }

  @Test
  void theWholeSiteHasEveryNeuronInItsPlace() {
    assertTrue(SiteNeurons.all().whole());
    assertEquals(16, SiteNeurons.all().count(16));
    assertEquals(7, SiteNeurons.all().position(7));
  }

  @Test
  void indicesAreAscendingAndAtLeastOne() {
    assertThrows(IllegalArgumentException.class, () -> SiteNeurons.of(new TreeSet<>()));
    assertThrows(IllegalArgumentException.class, () -> new SiteNeurons(List.of(3, 1)));
    assertThrows(IllegalArgumentException.class, () -> new SiteNeurons(List.of(1, 1)));
    assertThrows(IllegalArgumentException.class, () -> new SiteNeurons(List.of(-1, 1)));
  }
}
