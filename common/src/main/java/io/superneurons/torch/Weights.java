package io.superneurons.torch;

import ai.djl.pytorch.jni.IValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights that one method of a script needs, by short name, such as {@code q_proj.weight}: a
 * {@code Dict[str, Tensor]} to the script, built once and passed by reference.
 */
public final class Weights implements AutoCloseable {
  private final IValue value;

  private Weights(IValue value) {
    this.value = value;
  }

  IValue value() {
    return value;
  }

  /** Starts an empty set. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void close() {
    value.close();
  }

  /** Collects tensors under their short names. */
  public static final class Builder {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a tensor; the builder takes it over. */
    public Builder put(String name, Tensor tensor) {
      if (tensors.put(name, tensor) != null) {
        throw new IllegalArgumentException("Weight " + name + " was given twice");
      }
      return this;
    }

    /** Makes the dictionary and frees the single handles; the weights themselves stay. */
    public Weights build() {
      if (tensors.isEmpty()) {
        throw new IllegalStateException("No weights were given");
      }
      Map<String, IValue> values = new LinkedHashMap<>();
      tensors.forEach((name, tensor) -> values.put(name, tensor.value()));
      IValue value = IValue.stringIValueMapFrom(values);
      tensors.values().forEach(Tensor::close);
      return new Weights(value);
    }
  }
}
