package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.images.ImageFinder;
import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.neuron.NeuronCards;
import io.superneurons.jobs.report.read.Selection;
import io.superneurons.jobs.report.read.Singles;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.report.rows.Gallery;
import io.superneurons.jobs.source.InputOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Which images a report shows: the most telling ones of each task in turn, up to a number. */
final class Pictures {
  private final Selection selection;

  Pictures(Selection selection) {
    this.selection = selection;
  }

  /**
   * Their pictures.
   *
   * @param input that names them, as extract had it
   * @param most how many images may be shown
   */
  Thumbnails find(Configuration conf, InputOptions input, int most) throws IOException {
    Set<String> all = wanted(Integer.MAX_VALUE);
    Set<String> shown = wanted(most);
    all.removeAll(shown);
    return Thumbnails.ofImages(new ImageFinder(conf).find(input, shown), all);
  }

  /** Whether a page of the selection has rows to show images of. */
  static boolean anyIn(Selection selection) {
    return !selection.singles().isEmpty();
  }

  /** Says of images that are more than a page may show how to have them. */
  static String leftOut(int images) {
    return Plural.text(images, "image")
        + (images == 1 ? " is" : " are")
        + " named and not shown: report --images N shows more";
  }

  private Set<String> wanted(int most) {
    List<List<String>> byTask =
        selection.tasks().stream()
            .map(TaskResults::task)
            .filter(selection.singles()::containsKey)
            .map(task -> images(selection.singles().get(task), task))
            .toList();
    return inTurn(byTask, most);
  }

  /** Gallery and cards in turn. */
  private List<String> images(Singles singles, String task) {
    List<List<String>> both = new ArrayList<>();
    both.add(new Gallery(singles.rows()).images());
    if (!singles.values().isEmpty()) {
      selection.tasks().stream()
          .filter(results -> results.task().equals(task))
          .map(results -> new NeuronCards(results.chosen(), singles.values()).images())
          .forEach(both::add);
    }
    return new ArrayList<>(inTurn(both, Integer.MAX_VALUE));
  }

  private static Set<String> inTurn(List<List<String>> lists, int most) {
    Set<String> taken = new LinkedHashSet<>();
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    for (int turn = 0; turn < longest; turn++) {
      for (List<String> list : lists) {
        if (turn < list.size() && taken.size() < most) {
          taken.add(list.get(turn));
        }
      }
    }
    return taken;
  }
}
