package io.superneurons.model.vision;

/**
 * What a tower runs for an image, from which its memory and its cost are estimated.
 *
 * @param tokens of an image
 * @param mostTokens in one call of the tower; more are taken one after another
 * @param hidden width of the tower
 * @param intermediate neurons of an MLP
 * @param states hidden states that are kept
 */
public record VisionWork(long tokens, long mostTokens, int hidden, int intermediate, int states) {}
