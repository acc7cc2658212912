package io.superneurons.text.jinja;

/** What prints, sets or repeats: a node of a template's tree. */
interface Statement {

  /** Where it begins, from 1. */
  int line();

  Flow run(Rendering rendering, Scope scope);

  /** Tells which names it reads and sets, in their order, and which scopes it opens. */
  void names(Frames.Frame frame);
}
