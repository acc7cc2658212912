package io.superneurons.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptBuilderTest {
  private static final ImageSlot LLAVA = ImageSlot.of("<image>");
  private static final ImageSlot QWEN =
      new ImageSlot("<|image_pad|>", "<|vision_start|><|image_pad|><|vision_end|>");

  @TempDir Path llamaFolder;
  @TempDir Path qwenFolder;

  private Checkpoint llama;
  private Checkpoint qwen;
  private Tokenizer llamaTokenizer;
  private Tokenizer qwenTokenizer;

  @BeforeEach
  void open() {
    llama = Fixtures.checkpoint(llamaFolder, "llama", Fixtures.text("templates/llava-1.5.jinja"));
    qwen = Fixtures.checkpoint(qwenFolder, "qwen", Fixtures.text("templates/qwen2.5-vl.jinja"));
    llamaTokenizer = Tokenizer.open(llama);
    qwenTokenizer = Tokenizer.open(qwen);
  }

  @AfterEach
  void close() {
    llamaTokenizer.close();
    qwenTokenizer.close();
  }

  @Test
  void aQuestionBecomesTheTemplatesPrompt() {
    Prompt prompt = llava(PromptSettings.DEFAULT).build("Is it a dog?");
    assertEquals("USER: <image>\nIs it a dog? ASSISTANT:", prompt.rendered());
    assertArrayEquals(llamaTokenizer.encode(prompt.rendered()), prompt.ids());
    assertEquals(1, count(prompt.ids(), llamaTokenizer.idOf("<image>").getAsLong()));
  }

  @Test
  void systemPromptAndSuffixStandWhereTheyBelong() {
    PromptSettings settings =
        PromptSettings.DEFAULT.withSystemPrompt("Be brief.").withSuffix("\nOne word.");
    assertEquals(
        "<|im_start|>system\nBe brief.<|im_end|>\n"
            + "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>"
            + "Is it a dog?\nOne word.<|im_end|>\n<|im_start|>assistant\n",
        qwen(settings).build("Is it a dog?").rendered());
  }

  @Test
  void aPromptTemplateReplacesTheChatTemplate() {
    assertEquals(
        "Q <|vision_start|><|image_pad|><|vision_end|> Is it? A",
        qwen(PromptSettings.DEFAULT.withTemplate("Q <image> {question} A"))
            .build("Is it?")
            .rendered());
    assertEquals(
        "<|image_pad|>Is it?!",
        qwen(PromptSettings.DEFAULT.withTemplate("<|image_pad|>{question}").withSuffix("!"))
            .build("Is it?")
            .rendered());
    assertEquals(
        "<image>\nIs it {question}?",
        llava(PromptSettings.DEFAULT.withTemplate("<image>\n{question}"))
            .build("Is it {question}?")
            .rendered());
  }

  @Test
  void expansionEncodesTheTextAnew() {
    PromptBuilder builder = llava(PromptSettings.DEFAULT);
    Prompt wide = builder.expand(builder.build("Is it?"), "<image><image>\n");
    assertEquals("USER: <image><image>\n\nIs it? ASSISTANT:", wide.rendered());
    assertArrayEquals(llamaTokenizer.encode(wide.rendered()), wide.ids());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what is <image> this",
        "a</s>",
        "<s>",
        "<pad>",
        "<unk>",
        "nul \0",
        "bell \u0007",
        "carriage\r\nreturn",
        "delete \u007f",
        "half \ud83d"
      })
  void whatNoQuestionMayHaveIsRefused(String question) {
    PromptBuilder builder = llava(PromptSettings.DEFAULT);
    assertThrows(TextException.class, () -> builder.build(question));
  }

  @Test
  void theRefusalNamesTheToken() {
    PromptBuilder builder = qwen(PromptSettings.DEFAULT);
    for (String token : List.of("<|im_end|>", "<|image_pad|>", "<tool_call>")) {
      TextException error =
          assertThrows(TextException.class, () -> builder.build("x " + token + " y"));
      assertTrue(error.getMessage().contains(token), error.getMessage());
    }
  }

  @Test
  void aTokenMadeOfTemplateAndQuestionIsRefused() {
    PromptBuilder builder =
        llava(PromptSettings.DEFAULT.withTemplate("<image>\n<{question} ASSISTANT:"));
    assertThrows(TextException.class, () -> builder.build("/s>"));
    assertThrows(TextException.class, () -> builder.build("image>"));
    assertEquals("<image>\n<b> ASSISTANT:", builder.build("b>").rendered());
  }

  @Test
  void ordinaryTextPasses() {
    for (String question :
        List.of(
            "naïve café — 図形は何ですか？ 🙂",
            "a < b > c | d [x] <b>bold</b> < image >",
            "{{ bos_token }} {% if %} {# x #}",
            "tab\tnewline\n  spaces   ",
            "x".repeat(20_000))) {
      assertEquals(
          "USER: <image>\n" + question + " ASSISTANT:",
          llava(PromptSettings.DEFAULT).build(question).rendered());
      assertTrue(qwen(PromptSettings.DEFAULT).build(question).rendered().contains(question));
    }
  }

  @Test
  void longQuestionsAreRefused() {
    PromptBuilder builder = llava(PromptSettings.DEFAULT.withMaxQuestion(10));
    builder.build("x".repeat(10));
    assertThrows(TextException.class, () -> builder.build("x".repeat(11)));
    PromptBuilder usual = llava(PromptSettings.DEFAULT);
    assertThrows(TextException.class, () -> usual.build("x".repeat(20_001)));
  }

  @Test
  void templatesThatCannotWorkAreRefusedBeforeAnyQuestion() {
    for (String template :
        List.of(
            "{question}", "<image>", "<image>{question}{question}", "<image><image>{question}")) {
      PromptSettings settings = PromptSettings.DEFAULT.withTemplate(template);
      assertThrows(TemplateException.class, () -> llava(settings), template);
    }
    PromptSettings suffix = PromptSettings.DEFAULT.withSuffix("</s>");
    assertThrows(TemplateException.class, () -> llava(suffix));
    PromptSettings system = PromptSettings.DEFAULT.withSystemPrompt("<image>");
    assertThrows(TemplateException.class, () -> llava(system));
  }

  @Test
  void withoutAChatTemplateAPromptTemplateIsAskedFor(@TempDir Path folder) {
    Checkpoint bare = Checkpoint.open(Fixtures.folder(folder, "llama").path());
    TemplateException error =
        assertThrows(
            TemplateException.class,
            () -> PromptBuilder.of(bare, llamaTokenizer, LLAVA, PromptSettings.DEFAULT));
    assertTrue(error.getMessage().contains("--prompt-template"), error.getMessage());
  }

  /** As {@code apply_chat_template} of transformers with {@code enable_thinking}. */
  @ParameterizedTest
  @CsvSource({"UNSAID, '<think>\n'", "ON, '<think>\n'", "OFF, '<think>\n\n</think>\n\n'"})
  void aTemplateIsToldWhetherTheModelIsToThink(PromptSettings.Thinking said, String end) {
    Path folder = Path.of("src/test/resources/fixtures/qwen3_5-hub/checkpoint");
    Checkpoint checkpoint = Checkpoint.open(folder);
    try (Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      PromptSettings settings = PromptSettings.DEFAULT.withThinking(said);
      Prompt prompt = PromptBuilder.of(checkpoint, tokenizer, QWEN, settings).build("Which?");
      String rendered = prompt.rendered();
      assertTrue(rendered.endsWith("<|im_start|>assistant\n" + end), rendered);
    }
  }

  @Test
  void thinkingIsRefusedWhereItWouldChangeNothing() {
    PromptSettings off = PromptSettings.DEFAULT.withThinking(PromptSettings.Thinking.OFF);
    TemplateException error = assertThrows(TemplateException.class, () -> llava(off));
    assertTrue(error.getMessage().contains("--enable-thinking"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> off.withTemplate("<image>{question}"));
  }

  private PromptBuilder llava(PromptSettings settings) {
    return PromptBuilder.of(llama, llamaTokenizer, LLAVA, settings);
  }

  private PromptBuilder qwen(PromptSettings settings) {
    return PromptBuilder.of(qwen, qwenTokenizer, QWEN, settings);
  }

  private static long count(long[] ids, long id) {
    return Arrays.stream(ids).filter(one -> one == id).count();
  }
}
