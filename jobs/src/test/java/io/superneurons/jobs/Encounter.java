package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.FaultPlan.Fault;
import io.superneurons.jobs.FaultPlan.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run stands still at the worst moments, another one takes its folder over, and the first goes on
 * at the worst moments of the other.
 *
 * @param first where the first run stands still
 * @param second where the other one stands still while the first goes on; nothing if it has ended
 */
record Encounter(Moment first, Optional<Moment> second) {

  /** All that are tried. */
  static final List<Encounter> ALL =
      List.of(
          new Encounter(Moment.STAGES, Optional.empty()),
          new Encounter(Moment.LOOKS, Optional.empty()),
          new Encounter(Moment.LOOKS, Optional.of(Moment.COMMITS)),
          new Encounter(Moment.COMMITS, Optional.of(Moment.COMMITS)),
          new Encounter(Moment.COMMITS, Optional.empty()),
          new Encounter(Moment.HALF_APPEARED, Optional.of(Moment.COMMITS)),
          new Encounter(Moment.HALF_APPEARED, Optional.empty()),
          new Encounter(Moment.CLEANS, Optional.of(Moment.COMMITS)));

  /** Of the first run's files none appears any more, and of the other's none is touched. */
  void run(FaultyFolder folder) throws IOException, InterruptedException {
    FaultPlan stands = FaultPlan.at(first, Fault.PAUSED);
    FaultyFolder.Begun lost =
        folder.begin(first == Moment.CLEANS ? stands.and(Moment.COMMITS, Fault.REFUSED) : stands);
    lost.untilItStands();
    assertTrue(!lost.hasEnded(), () -> "it never " + first + ": " + lost.calls().story());
    folder.leave();
    folder.stageLate();
    FaultyFolder.Begun successor =
        folder.begin(second.map(at -> FaultPlan.at(at, Fault.PAUSED)).orElse(FaultPlan.NONE));
    successor.untilItStands();
    assertEquals(second.isEmpty(), successor.hasEnded(), successor.name());
    List<Path> files = RowsFound.files(folder.output());
    int appeared = lost.calls().appeared();
    lost.calls().goOn();
    Exception end = folder.end(lost);
    assertEquals(files, RowsFound.files(folder.output()), folder::story);
    assertEquals(appeared, lost.calls().appeared(), () -> "came late: " + folder.story());
    successor.calls().goOn();
    assertNull(folder.end(successor), folder::story);
    String told = first == Moment.CLEANS ? "Refused: list" : "Lost the lock";
    assertTrue(end != null && end.getMessage().startsWith(told), folder::story);
    folder.check(true);
    assertEquals(FaultyInput.FIRST_ROWS, folder.done(), folder::story);
  }
}
