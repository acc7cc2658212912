package io.superneurons.jobs.bench.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Which tensors a config.json stands for, by the names of the family's published checkpoints. */
final class ShapeTensors {
  private ShapeTensors() {}

  /** LLaVA-1.5. */
  static List<NewTensor> llava(JsonNode config) {
    JsonNode text = config.path("text_config");
    JsonNode vision = config.path("vision_config");
    long width = vision.path("hidden_size").longValue();
    long hidden = text.path("hidden_size").longValue();
    long patch = vision.path("patch_size").longValue();
    long side = vision.path("image_size").longValue() / patch;
    String tower = "vision_tower.vision_model.";
    return new TensorList()
        .add(tower + "embeddings.class_embedding", width)
        .add(tower + "embeddings.patch_embedding.weight", width, 3, patch, patch)
        .add(tower + "embeddings.position_embedding.weight", side * side + 1, width)
        .norm(tower + "pre_layrnorm", width)
        .vitLayers(tower + "encoder.layers.", vision)
        .norm(tower + "post_layernorm", width)
        .biasedLinear("multi_modal_projector.linear_1", width, hidden)
        .biasedLinear("multi_modal_projector.linear_2", hidden, hidden)
        .decoder("language_model.model.", text)
        .linear("language_model.lm_head", hidden, text.path("vocab_size").longValue())
        .tensors();
  }

  /** SmolVLM and Idefics3. */
  static List<NewTensor> smolVlm(JsonNode config) {
    JsonNode text = config.path("text_config");
    JsonNode vision = config.path("vision_config");
    long width = vision.path("hidden_size").longValue();
    long hidden = text.path("hidden_size").longValue();
    long patch = vision.path("patch_size").longValue();
    long side = vision.path("image_size").longValue() / patch;
    long scale = config.path("scale_factor").longValue();
    String tower = "model.vision_model.";
    return new TensorList()
        .add(tower + "embeddings.patch_embedding.weight", width, 3, patch, patch)
        .add(tower + "embeddings.patch_embedding.bias", width)
        .add(tower + "embeddings.position_embedding.weight", side * side, width)
        .vitLayers(tower + "encoder.layers.", vision)
        .norm(tower + "post_layernorm", width)
        .linear("model.connector.modality_projection.proj", width * scale * scale, hidden)
        .decoder("model.text_model.", text)
        .linear("lm_head", hidden, text.path("vocab_size").longValue())
        .tensors();
  }

  /** Gemma 3 with its head tied to the embedding. */
  static List<NewTensor> gemma3(JsonNode config) {
    JsonNode vision = config.path("vision_config");
    JsonNode text = config.path("text_config");
    long width = vision.path("hidden_size").longValue();
    long patch = vision.path("patch_size").longValue();
    long side = vision.path("image_size").longValue() / patch;
    String tower = "vision_tower.vision_model.";
    return new TensorList()
        .add(tower + "embeddings.patch_embedding.weight", width, 3, patch, patch)
        .add(tower + "embeddings.patch_embedding.bias", width)
        .add(tower + "embeddings.position_embedding.weight", side * side, width)
        .vitLayers(tower + "encoder.layers.", vision)
        .norm(tower + "post_layernorm", width)
        .add("multi_modal_projector.mm_soft_emb_norm.weight", width)
        .add(
            "multi_modal_projector.mm_input_projection_weight",
            width,
            text.path("hidden_size").longValue())
        .decoder("language_model.model.", text)
        .tensors();
  }

  /** InternVL3 as transformers writes it, with its head tied to the embedding. */
  static List<NewTensor> internVl(JsonNode config) {
    JsonNode vision = config.path("vision_config");
    JsonNode text = config.path("text_config");
    long width = vision.path("hidden_size").longValue();
    long patch = vision.path("patch_size").path(0).longValue();
    long side = vision.path("image_size").path(0).longValue() / patch;
    long hidden = text.path("hidden_size").longValue();
    String tower = "vision_tower.";
    TensorList list =
        new TensorList()
            .add(tower + "embeddings.cls_token", 1, 1, width)
            .add(tower + "embeddings.position_embeddings", 1, side * side + 1, width)
            .add(tower + "embeddings.patch_embeddings.projection.weight", width, 3, patch, patch)
            .add(tower + "embeddings.patch_embeddings.projection.bias", width);
    for (int layer = 0; layer < vision.path("num_hidden_layers").intValue(); layer++) {
      internVlLayer(list, tower + "encoder.layer." + layer + ".", vision);
    }
    return list.norm("multi_modal_projector.layer_norm", 4 * width)
        .biasedLinear("multi_modal_projector.linear_1", 4 * width, hidden)
        .biasedLinear("multi_modal_projector.linear_2", hidden, hidden)
        .decoder("language_model.model.", text)
        .tensors();
  }

  private static void internVlLayer(TensorList list, String name, JsonNode vision) {
    long width = vision.path("hidden_size").longValue();
    long intermediate = vision.path("intermediate_size").longValue();
    list.add(name + "lambda_1", width)
        .add(name + "lambda_2", width)
        .norm(name + "layernorm_before", width)
        .norm(name + "layernorm_after", width)
        .biasedLinear(name + "attention.q_proj", width, width)
        .biasedLinear(name + "attention.k_proj", width, width)
        .biasedLinear(name + "attention.v_proj", width, width)
        .biasedLinear(name + "attention.projection_layer", width, width)
        .biasedLinear(name + "mlp.fc1", width, intermediate)
        .biasedLinear(name + "mlp.fc2", intermediate, width);
  }

  /** Qwen3-VL or Qwen3.5 with its head tied to the embedding. */
  static List<NewTensor> qwen3Vl(JsonNode config) {
    JsonNode vision = config.path("vision_config");
    long width = vision.path("hidden_size").longValue();
    long patch = vision.path("patch_size").longValue();
    long frames = vision.path("temporal_patch_size").longValue();
    TensorList list =
        new TensorList()
            .add("model.visual.patch_embed.proj.weight", width, 3, frames, patch, patch)
            .add("model.visual.patch_embed.proj.bias", width)
            .add(
                "model.visual.pos_embed.weight",
                vision.path("num_position_embeddings").longValue(),
                width);
    for (int block = 0; block < vision.path("depth").intValue(); block++) {
      qwen3Block(list, "model.visual.blocks." + block + ".", vision);
    }
    qwen3Merger(list.norm("model.visual.merger.norm", width), "model.visual.merger.", vision);
    for (int merger = 0; merger < vision.path("deepstack_visual_indexes").size(); merger++) {
      String name = "model.visual.deepstack_merger_list." + merger + ".";
      qwen3Merger(list.norm(name + "norm", mergedWidth(vision)), name, vision);
    }
    return list.decoder("model.language_model.", config.path("text_config")).tensors();
  }

  private static void qwen3Block(TensorList list, String name, JsonNode vision) {
    long width = vision.path("hidden_size").longValue();
    long intermediate = vision.path("intermediate_size").longValue();
    list.norm(name + "norm1", width)
        .biasedLinear(name + "attn.qkv", width, 3 * width)
        .biasedLinear(name + "attn.proj", width, width)
        .norm(name + "norm2", width)
        .biasedLinear(name + "mlp.linear_fc1", width, intermediate)
        .biasedLinear(name + "mlp.linear_fc2", intermediate, width);
  }

  private static void qwen3Merger(TensorList list, String name, JsonNode vision) {
    long merged = mergedWidth(vision);
    list.biasedLinear(name + "linear_fc1", merged, merged)
        .biasedLinear(name + "linear_fc2", merged, vision.path("out_hidden_size").longValue());
  }

  private static long mergedWidth(JsonNode vision) {
    long merge = vision.path("spatial_merge_size").longValue();
    return vision.path("hidden_size").longValue() * merge * merge;
  }
}
