package io.superneurons.model.vision;

import io.superneurons.activation.Pooling;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pools what a layer gives for the tokens of images, on the model's device: only the pooled vectors
 * leave it. Each image is pooled by itself, so that its values do not depend on the others.
 */
final class PatchPools {
  private static final Script SCRIPT = Script.compile(PatchPools.class, "pooling.py");

  private final PassNumbers numbers;
  private final List<TokenPlace[]> images;
  private final int[] bounds; // first token and number of tokens of each image [2 * images]
  private final Map<Pooling, Means> means = new EnumMap<>(Pooling.class);
  private List<Tensor> patches; // of each image, where its patches are among its tokens [patches]

  /**
   * @param images the tokens of each image, which stand one image after another
   */
  PatchPools(PassNumbers numbers, List<TokenPlace[]> images) {
    this.numbers = numbers;
    this.images = images;
    this.bounds = new int[2 * images.size()];
    int first = 0;
    for (int i = 0; i < images.size(); i++) {
      bounds[2 * i] = first;
      bounds[2 * i + 1] = images.get(i).length;
      first += images.get(i).length;
    }
  }

  /** Says what a pooling needs on the device. */
  void need(Pooling pooling) {
    for (TokenPlace[] tokens : images) {
      switch (pooling) {
        case MEAN, GRID -> {
          MeanOf of = new MeanOf(pooling, tokens);
          numbers.needFloats(of.shares(), pooling.vectors(), tokens.length);
          numbers.needFloats(of.scales(), pooling.vectors(), 1);
        }
        case MAX -> {
          long[] patches = patches(tokens);
          numbers.needIndices(patches);
        }
        case CLS -> numbers.needIndices(classTokens());
      }
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
      case CLS -> SCRIPT.tensor(owner, "pool_tokens", values, numbers.indices(classTokens()));
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
      MeanOf of = new MeanOf(pooling, tokens);
      shares.add(numbers.typed(of.shares(), pooling.vectors(), tokens.length));
      scales.add(numbers.floats(of.scales(), pooling.vectors(), 1));
    }
    return new Means(shares, scales);
  }

  /**
   * Of which tokens of an image the means of a pooling are.
   *
   * @param of the mean that each token is part of; -1 for none [tokens]
   * @param counts tokens of each mean [means]
   */
  private record MeanOf(int[] of, int[] counts) {
    MeanOf(Pooling pooling, TokenPlace[] tokens) {
      this(
          Arrays.stream(tokens).mapToInt(place -> mean(pooling, place)).toArray(),
          new int[pooling.vectors()]);
      Arrays.stream(of).filter(mean -> mean >= 0).forEach(mean -> counts[mean]++);
    }

    /** What each token's values are multiplied by in each mean [means, tokens]. */
    float[] shares() {
      float[] shares = new float[counts.length * of.length];
      for (int token = 0; token < of.length; token++) {
        if (of[token] >= 0) {
          shares[of[token] * of.length + token] = power(of[token]);
        }
      }
      return shares;
    }

    /** What makes the sums means [means]. */
    float[] scales() {
      float[] scales = new float[counts.length];
      for (int mean = 0; mean < scales.length; mean++) {
        scales[mean] = counts[mean] == 0 ? 0 : 1 / (power(mean) * counts[mean]);
      }
      return scales;
    }

    private float power(int mean) {
      return 1f / Math.max(1, Integer.highestOneBit(counts[mean]));
    }
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
      patches = images.stream().map(tokens -> numbers.indices(patches(tokens))).toList();
    }
    return patches;
  }

  private static long[] patches(TokenPlace[] tokens) {
    return IntStream.range(0, tokens.length)
        .filter(token -> tokens[token].isPatch())
        .asLongStream()
        .toArray();
  }

  private long[] classTokens() {
    long[] indices = new long[images.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = bounds[2 * i] + Arrays.asList(images.get(i)).indexOf(TokenPlace.CLASS);
    }
    return indices;
  }
}
