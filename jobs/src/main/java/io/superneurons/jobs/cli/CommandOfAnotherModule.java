package io.superneurons.jobs.cli;

import java.util.concurrent.Callable;

/**
 * A command of a module that this one does not know, which completion is to know all the same;
 * found as a service.
 */
public interface CommandOfAnotherModule extends Callable<Integer> {}
