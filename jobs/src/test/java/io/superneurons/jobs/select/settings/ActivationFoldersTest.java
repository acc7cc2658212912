package io.superneurons.jobs.select.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which folders of activations may be read together; metadata is all that is read. */
class ActivationFoldersTest {
  private static final String METADATA = "_superneurons.json";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "0123"                          | "4567"                       | another model fingerprint than %s: 4567, not 0123
          "dtype": "float16"              | "dtype": "float32"           | another dtype than %s: float32, not float16
          "token": "last_prompt"          | "compute_dtype": "bfloat16", "token": "last_prompt" | another compute dtype than %s: bfloat16, not float32
          USER: {question} ASSISTANT:     | Q: {question} A:             | another prompt (template) than %s: Q: {question} A:, not USER: {question} ASSISTANT:
          "size": 64                      | "size": 336                  | another image settings (size) than %s: 336, not 64
          "size": 64                      | "size": 64, "max_pixels": 9  | another image settings (max_pixels) than %s: 9, not null
          "attention_heads": 4            | "attention_heads": 2         | another attention heads than %s: 2, not 4
          "attn_z": 16                    | "attn_z": 32                 | another sites and layers than %s
          """)
  void foldersThatWereExtractedUnlikeAreRefused(String part, String other, String message)
      throws IOException {
    Path first =
        write("first", text().replace("\"token\"", "\"compute_dtype\": \"float32\", \"token\""));
    Path second = write("second", text().replace(part, other));
    Exception e =
        assertThrows(
            ConfigurationException.class, () -> open("--activations", first + "," + second));
    assertTrue(e.getMessage().startsWith(second + " has "), e.getMessage());
    assertTrue(e.getMessage().contains(String.format(Locale.ROOT, message, first)), e.getMessage());
  }

  @Test
  void anotherTokenIsRefused() throws IOException {
    Path other = write("token", text().replace("last_prompt", "first_prompt"));
    Exception e =
        assertThrows(ConfigurationException.class, () -> open("--activations", other + ""));
    assertTrue(e.getMessage().contains("token is 'first_prompt'"), e.getMessage());
    assertTrue(e.getMessage().contains(other.toString()), e.getMessage());
  }

  @Test
  void onlyThePromptOfAnEvaluationMayDiffer() throws IOException {
    Path first = write("first", text());
    Path prompt = write("prompt", text().replace("USER", "HUMAN"));
    assertEquals(
        404, open("--activations", first + "", "--evaluate", prompt + "=p").first().rows());
    Path model = write("model", text().replace("0123", "4567"));
    Exception e =
        assertThrows(
            ConfigurationException.class,
            () -> open("--activations", first + "", "--evaluate", model + "=m"));
    assertTrue(e.getMessage().contains("another model fingerprint"), e.getMessage());
  }

  private static String text() throws IOException {
    return Files.readString(SelectFixture.activations().resolve(METADATA));
  }

  private Path write(String name, String metadata) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    Files.writeString(made.resolve(METADATA), metadata);
    return made;
  }

  private ActivationFolders open(String... arguments) {
    SelectOptions parsed =
        CommandLine.populateSpec(SelectOptions.class, with(arguments, "--output", folder + "/out"));
    return ActivationFolders.open(SelectSettings.of(parsed), new Configuration());
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
