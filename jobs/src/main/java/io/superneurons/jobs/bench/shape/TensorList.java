package io.superneurons.jobs.bench.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the tensors of a checkpoint under the names that the published one has. */
final class TensorList {
  private final List<NewTensor> tensors = new ArrayList<>();

  /** A tensor of any kind. */
  TensorList add(String name, long... shape) {
    tensors.add(new NewTensor(name, Arrays.stream(shape).boxed().toList()));
    return this;
  }

  /** A linear layer without bias. */
  TensorList linear(String name, long in, long out) {
    return add(name + ".weight", out, in);
  }

  /** A linear layer with its bias. */
  TensorList biasedLinear(String name, long in, long out) {
    return linear(name, in, out).add(name + ".bias", out);
  }

  /** A layer norm. */
  TensorList norm(String name, long width) {
    return add(name + ".weight", width).add(name + ".bias", width);
  }

  /**
   * The layers and the final norm of a decoder.
   *
   * @param prefix of the names, with its dot
   * @param text the configuration's part for the language model
   */
  TensorList decoder(String prefix, JsonNode text) {
    long hidden = text.path("hidden_size").longValue();
    long intermediate = text.path("intermediate_size").longValue();
    int interval = text.path("full_attention_interval").asInt(1);
    boolean fourNorms = text.path("model_type").asText().startsWith("gemma3");
    add(prefix + "embed_tokens.weight", text.path("vocab_size").longValue(), hidden);
    for (int layer = 0; layer < text.path("num_hidden_layers").intValue(); layer++) {
      String name = prefix + "layers." + layer + ".";
      add(name + "input_layernorm.weight", hidden);
      if ((layer + 1) % interval == 0) {
        attention(name + "self_attn.", text);
      } else {
        deltaNet(name + "linear_attn.", text);
      }
      add(name + "post_attention_layernorm.weight", hidden)
          .linear(name + "mlp.gate_proj", hidden, intermediate)
          .linear(name + "mlp.up_proj", hidden, intermediate)
          .linear(name + "mlp.down_proj", intermediate, hidden);
      if (fourNorms) {
        add(name + "pre_feedforward_layernorm.weight", hidden);
        add(name + "post_feedforward_layernorm.weight", hidden);
      }
    }
    return add(prefix + "norm.weight", hidden);
  }

  private void attention(String name, JsonNode text) {
    String type = text.path("model_type").asText();
    long hidden = text.path("hidden_size").longValue();
    long heads = text.path("num_attention_heads").longValue();
    long headDim = text.path("head_dim").asLong(hidden / heads);
    long keys = text.path("num_key_value_heads").longValue() * headDim;
    long queries = heads * headDim * (text.path("attn_output_gate").asBoolean() ? 2 : 1);
    linear(name + "q_proj", hidden, queries)
        .linear(name + "k_proj", hidden, keys)
        .linear(name + "v_proj", hidden, keys)
        .linear(name + "o_proj", heads * headDim, hidden);
    if (type.equals("qwen2")) {
      add(name + "q_proj.bias", queries).add(name + "k_proj.bias", keys);
      add(name + "v_proj.bias", keys);
    }
    if (type.startsWith("qwen3") || type.startsWith("gemma3")) {
      add(name + "q_norm.weight", headDim);
      add(name + "k_norm.weight", headDim);
    }
  }

  /** A gated delta net of Qwen3.5. */
  private void deltaNet(String name, JsonNode text) {
    long hidden = text.path("hidden_size").longValue();
    long valueHeads = text.path("linear_num_value_heads").longValue();
    long valueDim = text.path("linear_value_head_dim").longValue();
    long values = valueHeads * valueDim;
    long keys =
        text.path("linear_num_key_heads").longValue()
            * text.path("linear_key_head_dim").longValue();
    long channels = 2 * keys + values;
    linear(name + "in_proj_qkv", hidden, channels)
        .linear(name + "in_proj_z", hidden, values)
        .linear(name + "in_proj_a", hidden, valueHeads)
        .linear(name + "in_proj_b", hidden, valueHeads)
        .add(name + "conv1d.weight", channels, 1, text.path("linear_conv_kernel_dim").longValue())
        .add(name + "dt_bias", valueHeads)
        .add(name + "A_log", valueHeads)
        .add(name + "norm.weight", valueDim)
        .linear(name + "out_proj", values, hidden);
  }

  /**
   * The layers of a CLIP or SigLIP tower.
   *
   * @param prefix of the names, with its dot
   * @param vision the configuration's part for the tower
   */
  TensorList vitLayers(String prefix, JsonNode vision) {
    long hidden = vision.path("hidden_size").longValue();
    long intermediate = vision.path("intermediate_size").longValue();
    for (int layer = 0; layer < vision.path("num_hidden_layers").intValue(); layer++) {
      String name = prefix + layer + ".";
      norm(name + "layer_norm1", hidden)
          .biasedLinear(name + "self_attn.q_proj", hidden, hidden)
          .biasedLinear(name + "self_attn.k_proj", hidden, hidden)
          .biasedLinear(name + "self_attn.v_proj", hidden, hidden)
          .biasedLinear(name + "self_attn.out_proj", hidden, hidden)
          .norm(name + "layer_norm2", hidden)
          .biasedLinear(name + "mlp.fc1", hidden, intermediate)
          .biasedLinear(name + "mlp.fc2", intermediate, hidden);
    }
    return this;
  }

  List<NewTensor> tensors() {
    return List.copyOf(tensors);
  }
}
