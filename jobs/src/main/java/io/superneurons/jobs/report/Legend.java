package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.report.read.Sets;
import java.util.List;

/** Draws which line is which set's. */
final class Legend {
  private Legend() {}

  /** A sample of each set's line and its name. */
  static Element of(List<String> sets) {
    Element legend = Element.of("div").with("class", "legend");
    for (String set : sets) {
      SetStyle style = SetStyle.of(set, sets);
      Element sample =
          Element.of("svg")
              .with("xmlns", "http://www.w3.org/2000/svg")
              .with("width", "34")
              .with("height", "10")
              .with("class", "key " + style.color())
              .add(Svg.line(0, 5, 34, 5).with("stroke-dasharray", style.dashes()));
      legend.add(Element.of("span").add(sample).text(" " + Sets.title(set)));
    }
    return legend;
  }
}
