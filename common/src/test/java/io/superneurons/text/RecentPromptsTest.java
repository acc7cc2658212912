package io.superneurons.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentPromptsTest {
  private static final String QUESTION = "Is it a dog?";

  @TempDir private Path folder;
  private Tokenizer tokenizer;
  private PromptBuilder builder;
  private RecentPrompts prompts;

  @BeforeEach
  void open() {
    Checkpoint checkpoint =
        Fixtures.checkpoint(folder, "llama", Fixtures.text("templates/llava-1.5.jinja"));
    tokenizer = Tokenizer.open(checkpoint);
    builder =
        PromptBuilder.of(checkpoint, tokenizer, ImageSlot.of("<image>"), PromptSettings.DEFAULT);
    prompts = new RecentPrompts(builder);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void aQuestionThatIsAskedAgainHasThePromptThatWasBuilt() {
    Prompt first = prompts.of(QUESTION, Optional.empty());
    assertEquals(builder.build(QUESTION), first);
    assertEquals(builder.build("Is it?"), prompts.of("Is it?", Optional.empty()));
    assertSame(first, prompts.of(QUESTION, Optional.empty()));
  }

  @Test
  void eachExpansionHasAPromptOfItsOwn() {
    Prompt two = prompts.of(QUESTION, Optional.of("<image><image>"));
    assertEquals(builder.expand(builder.build(QUESTION), "<image><image>"), two);
    assertEquals(builder.build(QUESTION), prompts.of(QUESTION, Optional.empty()));
    assertSame(two, prompts.of(QUESTION, Optional.of("<image><image>")));
  }

  @Test
  void questionsOfLongAgoAndLongOnesAreNotKept() {
    Prompt first = prompts.of(QUESTION, Optional.empty());
    Prompt second = prompts.of("0", Optional.empty());
    for (int i = 1; i < RecentPrompts.MOST; i++) {
      prompts.of(Integer.toString(i), Optional.empty());
      assertSame(second, prompts.of("0", Optional.empty()), "used all the time");
    }
    Prompt again = prompts.of(QUESTION, Optional.empty());
    assertNotSame(first, again);
    assertEquals(first, again);
    String text = "x".repeat(RecentPrompts.LONGEST + 1);
    assertNotSame(prompts.of(text, Optional.empty()), prompts.of(text, Optional.empty()));
  }

  @Test
  void aQuestionThatIsRefusedIsRefusedEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThrows(TextException.class, () -> prompts.of("<image>", Optional.empty()));
    }
  }
}
