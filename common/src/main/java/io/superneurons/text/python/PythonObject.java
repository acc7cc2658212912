package io.superneurons.text.python;

/** An object that has attributes and is equal to itself only. */
public interface PythonObject {

  boolean hasAttribute(String name);

  /** The attribute's value; only where there is one. */
  Object attribute(String name);

  /** What Python prints. */
  String repr(Work work);
}
