package io.superneurons.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prompts of the questions that were asked last, made once: millions of images are asked the same
 * few, and rendering a template takes milliseconds. Safe for use by several threads.
 */
public final class RecentPrompts {
  /** The most prompts that are kept; with tiles a prompt takes some 20 kB. */
  static final int MOST = 512;

  /** Questions with more characters are not kept: they are likely to be asked once only. */
  static final int LONGEST = 1000;

  private final PromptBuilder builder;
  private final Map<Asked, Prompt> recent = Collections.synchronizedMap(new Recent());

  private record Asked(String question, Optional<String> expansion) {}

  private static final class Recent extends LinkedHashMap<Asked, Prompt> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(MOST, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Asked, Prompt> eldest) {
      return size() > MOST;
    }
  }

  public RecentPrompts(PromptBuilder builder) {
    this.builder = builder;
  }

  /**
   * The prompt of a question.
   *
   * @param expansion what stands for the image, where the family writes more than its one token
   * @throws TextException see {@link PromptBuilder#build}
   */
  public Prompt of(String question, Optional<String> expansion) {
    if (question.length() > LONGEST) {
      return built(question, expansion);
    }
    Asked asked = new Asked(question, expansion);
    Prompt known = recent.get(asked);
    if (known == null) {
      known = built(question, expansion);
      recent.put(asked, known);
    }
    return known;
  }

  private Prompt built(String question, Optional<String> expansion) {
    Prompt prompt = builder.build(question);
    return expansion.map(text -> builder.expand(prompt, text)).orElse(prompt);
  }
}
