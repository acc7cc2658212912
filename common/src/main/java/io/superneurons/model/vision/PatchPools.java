package io.superneurons.model.vision;

import io.superneurons.activation.Pooling;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Pools what a layer gives for the tokens of images, on the model's device: only the pooled vectors
 * leave it. Each image is pooled by itself, so that its values do not depend on the others.
 */
final class PatchPools {
  private static final Script SCRIPT = Script.compile(PatchPools.class, "pooling.py");

  private final MappedWeights files;
  private final TensorScope scope;
  private final List<TokenPlace[]> images;
  private final int[] bounds; // first token and number of tokens of each image [2 * images]
  private final Map<Pooling, Means> means = new EnumMap<>(Pooling.class);
  private List<Tensor> patches; // of each image, where its patches are among its tokens [patches]
  private Tensor classTokens; // [images]

  /**
   * @param scope owns what is made for all layers
   * @param images the tokens of each image, which stand one image after another
   */
  PatchPools(MappedWeights files, TensorScope scope, List<TokenPlace[]> images) {
    this.files = files;
    this.scope = scope;
    this.images = images;
    this.bounds = new int[2 * images.size()];
    int first = 0;
    for (int i = 0; i < images.size(); i++) {
      bounds[2 * i] = first;
      bounds[2 * i + 1] = images.get(i).length;
      first += images.get(i).length;
    }
  }

  /**
   * Which tokens a mean is of.
   *
   * @param shares of each image, of each of its tokens in each mean: a power of two, so that it is
   *     exact in 16 bits, or 0 [means, tokens]
   * @param scales of each image, what makes the sums means [means, 1]
   */
  private record Means(List<Tensor> shares, List<Tensor> scales) {}

  /**
   * Pools.
   *
   * @param values [tokens, width]
   * @return [images, vectors of the pooling * width] in float32
   */
  Tensor pool(TensorScope owner, Tensor values, Pooling pooling) {
    return switch (pooling) {
      case MEAN, GRID -> {
        Means of = means.computeIfAbsent(pooling, this::means);
        yield SCRIPT.tensor(owner, "pool_means", values, bounds, of.shares, of.scales);
      }
      case MAX -> SCRIPT.tensor(owner, "pool_max", values, bounds, patches());
      case CLS -> SCRIPT.tensor(owner, "pool_tokens", values, classTokens());
    };
  }

  /**
   * The wanted ones of pooled values.
   *
   * @param pooled [images, width]
   * @param neurons indices [neurons]
   * @return [images, neurons]
   */
  Tensor pick(TensorScope owner, Tensor pooled, Tensor neurons) {
    return SCRIPT.tensor(owner, "pick", pooled, neurons);
  }

  private Means means(Pooling pooling) {
    List<Tensor> shares = new ArrayList<>();
    List<Tensor> scales = new ArrayList<>();
    for (TokenPlace[] tokens : images) {
      int[] meanOf = // the mean that each token is part of; -1 for none
          Arrays.stream(tokens).mapToInt(place -> mean(pooling, place)).toArray();
      float[] share = new float[pooling.vectors() * tokens.length];
      float[] scale = new float[pooling.vectors()];
      for (int mean = 0; mean < scale.length; mean++) {
        int which = mean;
        long count = Arrays.stream(meanOf).filter(of -> of == which).count();
        float power = 1f / Math.max(1, Long.highestOneBit(count));
        scale[mean] = count == 0 ? 0 : 1 / (power * count);
        for (int token = 0; token < tokens.length; token++) {
          share[mean * tokens.length + token] = meanOf[token] == mean ? power : 0;
        }
      }
      shares.add(files.upload(scope, share, scale.length, tokens.length));
      scales.add(files.floats(scope, scale, scale.length, 1));
    }
    return new Means(shares, scales);
  }

  private static int mean(Pooling pooling, TokenPlace place) {
    if (pooling == Pooling.MEAN) {
      return place.isPatch() ? 0 : -1;
    }
    return switch (place) {
      case TOP_LEFT -> 0;
      case TOP_RIGHT -> 1;
      case BOTTOM_LEFT -> 2;
      case BOTTOM_RIGHT -> 3;
      case NONE, PATCH, CLASS -> -1;
    };
  }

  private List<Tensor> patches() {
    if (patches == null) {
      patches = images.stream().map(tokens -> indices(tokens, TokenPlace::isPatch)).toList();
    }
    return patches;
  }

  private Tensor indices(TokenPlace[] tokens, Predicate<TokenPlace> wanted) {
    long[] indices =
        IntStream.range(0, tokens.length)
            .filter(token -> wanted.test(tokens[token]))
            .asLongStream()
            .toArray();
    return files.longs(scope, indices, indices.length);
  }

  private Tensor classTokens() {
    if (classTokens == null) {
      long[] indices = new long[images.size()];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = bounds[2 * i] + Arrays.asList(images.get(i)).indexOf(TokenPlace.CLASS);
      }
      classTokens = files.longs(scope, indices, indices.length);
    }
    return classTokens;
  }
}
