package io.commandcenter.akm.gateway;

/**
 * What a caller's model name asks for.
 *
 * @param task null if a model is named
 * @param model null if a task is named
 */
record Model(String task, String model) {
  static final String AUTO = "auto";
  static final String TASK = "task:";

  /** {@code auto}, {@code task:<name>}, a model, or {@code provider/model}. */
  static Model of(String name, String autoTask) {
    if (name.equals(AUTO)) {
      return new Model(autoTask, null);
    }
    return name.startsWith(TASK)
        ? new Model(name.substring(TASK.length()), null)
        : new Model(null, name);
  }
}
