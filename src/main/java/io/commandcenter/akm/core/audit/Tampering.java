package io.commandcenter.akm.core.audit;

import java.util.Locale;

/** What can be done to a log, as the check finds it. */
public enum Tampering {
  EDITED("a row does not fit its MAC: it was edited, or written without the key"),
  DELETED("rows are missing from the middle of the log"),
  INSERTED("a row stands there that the chain does not know"),
  REORDERED("a row does not stand at its place"),
  TRUNCATED("the newest rows are missing"),
  RESTAMPED("the chain was made anew: its MACs are not those that were written or signed"),
  CHECKPOINT_EDITED("a checkpoint is not as it was signed, or not where it was written"),
  CHECKPOINT_CUT("checkpoints are missing");

  private final String meaning;

  Tampering(String meaning) {
    this.meaning = meaning;
  }

  /** One sentence for people. */
  public String meaning() {
    return meaning;
  }

  /** In lower case with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
