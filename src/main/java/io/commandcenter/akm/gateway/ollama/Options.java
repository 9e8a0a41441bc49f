package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code options}, {@code format} and {@code think}.
 *
 * @param body the whole body
 * @param options empty if it is absent
 */
record Options(Fields body, Fields options) {
  // After the first nine: how a model is loaded and run, which no other provider lets a caller set;
  // and the fine tuning of means whose switches are below.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "num_predict",
          "temperature",
          "top_k",
          "top_p",
          "seed",
          "stop",
          "presence_penalty",
          "frequency_penalty",
          "num_ctx",
          "num_keep",
          "num_batch",
          "num_gpu",
          "main_gpu",
          "num_thread",
          "use_mmap",
          "use_mlock",
          "low_vram",
          "numa",
          "f16_kv",
          "vocab_only",
          "repeat_last_n",
          "penalize_newline",
          "mirostat_eta",
          "mirostat_tau");
  // Means of sampling that only llama.cpp has, switched off or as they are by default.
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "min_p", Set.of(0, 0.0),
          "typical_p", Set.of(1, 1.0),
          "tfs_z", Set.of(1, 1.0),
          "repeat_penalty", Set.of(1, 1.0, 1.1),
          "mirostat", Set.of(0));

  static Options of(Fields body) {
    var options = body.object("options");
    if (options == null) {
      return new Options(body, new Fields(new JsonObject(), "options."));
    }
    options.checkOnly(UNDERSTOOD, NEUTRAL);
    return new Options(body, options);
  }

  Sampling sampling() {
    return new Sampling(
        options.number("temperature", 0, 2),
        options.number("top_p", 0, 1),
        topK(),
        options.number("presence_penalty", -2, 2),
        options.number("frequency_penalty", -2, 2),
        Members.whole(options, "seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /** 0 is no limit here, which is the same as not to say one. */
  private Integer topK() {
    var most = Members.count(options, "top_k", 0, Integer.MAX_VALUE);
    return most == null || most == 0 ? null : most;
  }

  /** Negative is no limit, which is the same as not to name one. */
  Integer maxOutputTokens() {
    var most = Members.count(options, "num_predict", -2, Integer.MAX_VALUE);
    if (most != null && most == 0) {
      throw options.refusal("num_predict", "must be at least 1, or negative for no limit");
    }
    return most == null || most < 0 ? null : most;
  }

  List<String> stop() {
    return Members.stops(options, "stop");
  }

  OutputFormat format() {
    if (body.json().getValue("format") instanceof JsonObject schema) {
      return new OutputFormat(PlainJson.of(schema), null, null);
    }
    var format = body.text("format");
    return switch (format == null ? "" : format) {
      case "" -> null;
      case "json" -> OutputFormat.ANY_OBJECT;
      default -> throw body.refusal("format", "must be json or a JSON Schema");
    };
  }

  Reasoning reasoning() {
    var think = body.json().getValue("think");
    if (think == null) {
      return null;
    }
    if (think instanceof Boolean wanted) {
      return new Reasoning(wanted ? "medium" : "none", null, wanted);
    }
    if (!Set.of("low", "medium", "high", "max").contains(think)) {
      throw body.refusal("think", "must be true, false, low, medium, high or max");
    }
    return new Reasoning((String) think, null, true);
  }
}
