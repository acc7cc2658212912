package io.superneurons.jobs.input;

/** What says the label of a row that brings none. */
public enum LabelSource {
  /** Its label column alone. */
  COLUMN,

  /** The folder that its image is in; see {@link FolderNames}. */
  FOLDER
}
