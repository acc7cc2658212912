package io.superneurons.text.python;

import java.util.List;

/** A list or a tuple. */
public sealed interface PythonSequence permits PythonList, PythonTuple {

  List<Object> items();

  /** A sequence of the same kind. */
  PythonSequence with(List<Object> others);
}
