package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws what the numbers were made with: model, prompt, versions. */
final class About {
  private final SuperNeurons superNeurons;

  About(SuperNeurons superNeurons) {
    this.superNeurons = superNeurons;
  }

  Element draw() {
    Element list = Element.of("dl");
    entry(list, "Model", superNeurons.model().name() + " (" + superNeurons.model().family() + ")");
    entry(list, "Fingerprint", superNeurons.model().fingerprint());
    entry(list, "Computed in", superNeurons.computeDType());
    entry(list, "Activations stored in", superNeurons.storeDType().label());
    entry(list, "Prompt", text(superNeurons.prompt()));
    entry(list, "Image", text(superNeurons.image()));
    entry(list, "Versions", text(superNeurons.versions()));
    return Element.of("section")
        .with("class", "box")
        .with("id", "about")
        .add(Element.of("h2", "Made with"), list);
  }

  private static void entry(Element list, String name, String value) {
    list.add(Element.of("dt", name), Element.of("dd", value));
  }

  private static String text(Map<String, ?> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + ": " + ("".equals(e.getValue()) ? "none" : e.getValue()))
        .collect(Collectors.joining("; "));
  }
}
