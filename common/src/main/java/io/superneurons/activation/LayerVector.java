package io.superneurons.activation;

/** A vector that a transformer's layer makes of a token, by TransformerLens's names. */
public enum LayerVector {
  /** The residual stream after the layer, before any final norm: the layer's output. */
  RESID_POST("resid_post"),

  /** Head outputs, concatenated: the input of attention's output projection. */
  ATTN_Z("attn_z"),

  /** Hidden MLP neurons, after the gate where there is one: the input of the MLP's last matrix. */
  MLP_POST("mlp_post");

  private final String label;

  LayerVector(String label) {
    this.label = label;
  }

  /** The name in files, such as {@code resid_post}. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
