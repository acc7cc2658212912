package io.superneurons.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.text.TokenizerFile.AddedToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A checkpoint's tokenizer: text to the ids that Hugging Face's {@code processor(text=...)} gives,
 * and back. Nothing is cut or padded. Encoding and decoding change nothing, so threads may share
 * one; close it after the last of them.
 */
public final class Tokenizer implements AutoCloseable {
  static {
    // DJL reads both when its first class is loaded: no calls home, no downloads
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, AddedToken> added;
  private final Map<String, String> named;
  private final int[] eosIds;

  private Tokenizer(
      HuggingFaceTokenizer tokenizer, Map<String, AddedToken> added, Checkpoint checkpoint) {
    this.tokenizer = tokenizer;
    this.added = Collections.unmodifiableMap(added);
    named = Collections.unmodifiableMap(SpecialTokens.named(checkpoint.tokenizerConfig()));
    eosIds = SpecialTokens.eosIds(checkpoint, idOf(named.getOrDefault("eos_token", "")));
  }

  /**
   * Opens the tokenizer of a checkpoint.
   *
   * @throws CheckpointException if tokenizer.json is missing or damaged
   */
  public static Tokenizer open(Checkpoint checkpoint) {
    TokenizerFile file = TokenizerFile.open(checkpoint);
    Map<String, AddedToken> added = new LinkedHashMap<>();
    file.added().forEach(token -> added.put(token.text(), token));
    byte[] json = file.json().getBytes(StandardCharsets.UTF_8);
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
      return new Tokenizer(tokenizer, added, checkpoint);
    } catch (IOException | RuntimeException e) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Cannot read %s as a tokenizer: %s; download it again",
              checkpoint.tokenizerFile(),
              e.getMessage()),
          e);
    }
  }

  /**
   * The ids of a rendered prompt, with the special tokens that the tokenizer puts around any text
   * (such as {@code <s>}), unless it begins with the {@code bos_token} already: as {@code
   * apply_chat_template(tokenize=True)} gives them. Added tokens in the text become their ids: what
   * a user wrote must have passed {@link PromptBuilder} first.
   *
   * @throws TextException if the text is no valid Unicode
   */
  public long[] encode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new TextException("The text has half of a surrogate pair; it is no valid Unicode");
    }
    String begin = named.get("bos_token");
    boolean begun = begin != null && text.startsWith(begin);
    return tokenizer.encode(text, !begun, false).getIds();
  }

  /**
   * The text of ids, without special tokens. Bytes that are no valid UTF-8 become U+FFFD.
   *
   * @param ids such as a model's answer
   */
  public String decode(long[] ids) {
    return tokenizer.decode(ids, true);
  }

  /** The id of an added token, such as {@code <image>}; empty if there is none of that text. */
  OptionalLong idOf(String token) {
    AddedToken found = added.get(token);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found.id());
  }

  /** The texts of the added tokens that are flagged special. */
  Set<String> specialTokens() {
    return added.values().stream()
        .filter(AddedToken::special)
        .map(AddedToken::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The texts of {@code bos_token}, {@code eos_token} and so on, by these names. */
  Map<String, String> namedTokens() {
    return named;
  }

  /** The ids that end an answer; empty if the checkpoint names none. */
  public int[] eosIds() {
    return eosIds.clone();
  }

  /** All added tokens by text. */
  Map<String, AddedToken> added() {
    return added;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Tokenizer with %d added tokens, eos %s",
        added.size(),
        Arrays.toString(eosIds));
  }
}
