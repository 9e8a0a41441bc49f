package io.commandcenter.akm.contract;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call's failure: its code, one sentence for the caller (what was wrong, what to do) and a small
 * JSON-able context.
 *
 * <p>Neither the detail nor the context may hold a secret, SQL, a class name or a provider's raw
 * words.
 */
public final class Failure extends RuntimeException {
  /** Context member: milliseconds after which the same call may succeed. */
  public static final String RETRY_AFTER_MS = "retry_after_ms";

  /** Context member: true if no provider that may be asked counts tokens. */
  public static final String UNCOUNTED = "uncounted";

  private static final long serialVersionUID = 1;

  private final Code code;
  private final transient Map<String, Object> context;

  public Failure(Code code, String detail) {
    this(code, detail, Map.of());
  }

  public Failure(Code code, String detail, Map<String, Object> context) {
    super(detail, null, false, false);
    this.code = code;
    this.context = Map.copyOf(context);
  }

  public static Failure badRequest(String detail) {
    return new Failure(Code.BAD_REQUEST, detail);
  }

  public static Failure notFound(String detail) {
    return new Failure(Code.NOT_FOUND, detail);
  }

  /** The same failure with one more context member. */
  public Failure with(String name, Object value) {
    var more = new LinkedHashMap<>(context);
    more.put(name, value);
    return new Failure(code, getMessage(), more);
  }

  public Code code() {
    return code;
  }

  public String detail() {
    return getMessage();
  }

  public Map<String, Object> context() {
    return context;
  }
}
