package io.superneurons.jobs.bench.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A small tokenizer.json: byte-level BPE that knows the words of a text, each as one token, so that
 * the benchmark's prompts are about as long as with a published vocabulary. Everything else takes
 * one token per byte.
 */
final class WordTokenizer {
  private static final Pattern WORD = Pattern.compile(" ?\\p{Alpha}+");
  private static final char SPACE = '\u0120'; // what byte-level BPE writes for a space
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode vocabulary = MAPPER.createObjectNode();
  private final ArrayNode merges = MAPPER.createArrayNode();
  private final Set<Integer> taken = new TreeSet<>();
  private int free;

  private WordTokenizer() {}

  /**
   * Makes one.
   *
   * @param tokens control tokens and their ids
   * @param first the control token that stands before every text; missing for none
   * @param text whose words become tokens
   */
  static ObjectNode of(JsonNode tokens, JsonNode first, String text) {
    WordTokenizer tokenizer = new WordTokenizer();
    tokens.properties().forEach(entry -> tokenizer.addControl(entry.getKey(), entry.getValue()));
    for (char letter : alphabet()) {
      tokenizer.add(String.valueOf(letter));
    }
    Set<String> words = new LinkedHashSet<>();
    WORD.matcher(text).results().map(MatchResult::group).forEach(words::add);
    words.forEach(tokenizer::addWord);
    return tokenizer.json(tokens, first);
  }

  private void addControl(String token, JsonNode id) {
    vocabulary.put(token, id.intValue());
    taken.add(id.intValue());
  }

  private void add(String token) {
    if (vocabulary.has(token)) {
      return;
    }
    while (taken.contains(free)) {
      free++;
    }
    vocabulary.put(token, free);
    free++;
  }

  /** Every prefix of the word becomes a token, made of the one before it and a letter. */
  private void addWord(String word) {
    String letters = word.replace(' ', SPACE);
    for (int end = 2; end <= letters.length(); end++) {
      String prefix = letters.substring(0, end);
      if (!vocabulary.has(prefix)) {
        add(prefix);
        merges.addArray().add(letters.substring(0, end - 1)).add(letters.substring(end - 1, end));
      }
    }
  }

  /** The letters that byte-level BPE writes for the bytes 0 to 255, as GPT-2 does. */
  private static List<Character> alphabet() {
    List<Character> letters = new ArrayList<>();
    char next = 256;
    for (char value = 0; value < 256; value++) {
      boolean printable =
          value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xFF && value != 0xAD;
      letters.add(printable ? value : next++);
    }
    return letters;
  }

  private ObjectNode json(JsonNode tokens, JsonNode first) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    tokens
        .properties()
        .forEach(entry -> added.add(addedToken(entry.getKey(), entry.getValue().intValue())));
    json.putNull("normalizer");
    json.set("pre_tokenizer", byteLevel());
    if (first.isTextual()) {
      json.set("post_processor", template(first.textValue(), tokens));
    } else {
      json.putNull("post_processor");
    }
    json.set("decoder", byteLevel());
    ObjectNode model = json.putObject("model").put("type", "BPE");
    for (String key :
        List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      model.putNull(key);
    }
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    model.set("vocab", vocabulary);
    model.set("merges", merges);
    return json;
  }

  private static ObjectNode addedToken(String text, int id) {
    ObjectNode token = MAPPER.createObjectNode().put("id", id).put("content", text);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.put(flag, false);
    }
    return token.put("special", true);
  }

  private static ObjectNode byteLevel() {
    return MAPPER
        .createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static ObjectNode template(String first, JsonNode tokens) {
    ObjectNode template = MAPPER.createObjectNode().put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", first).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = template.putArray("pair");
    pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode special = template.putObject("special_tokens").putObject(first).put("id", first);
    special.putArray("ids").add(tokens.path(first).intValue());
    special.putArray("tokens").add(first);
    return template;
  }
}
