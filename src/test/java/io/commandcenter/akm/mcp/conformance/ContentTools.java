package io.commandcenter.akm.mcp.conformance;

import static io.commandcenter.akm.mcp.conformance.Samples.audio;
import static io.commandcenter.akm.mcp.conformance.Samples.embedded;
import static io.commandcenter.akm.mcp.conformance.Samples.image;
import static io.commandcenter.akm.mcp.conformance.Samples.text;

import java.util.List;

/** Tools that answer at once, with content of each kind. */
final class ContentTools {
  private ContentTools() {}

  static List<FixtureTool> all() {
    return List.of(
        FixtureTool.of(
            "test_simple_text",
            (arguments, call) -> Results.text("This is a simple text response for testing.")),
        FixtureTool.of("test_image_content", (arguments, call) -> Results.content(image())),
        FixtureTool.of("test_audio_content", (arguments, call) -> Results.content(audio())),
        FixtureTool.of(
            "test_embedded_resource",
            (arguments, call) ->
                Results.content(
                    embedded(
                        "test://embedded-resource",
                        "text/plain",
                        "This is an embedded resource content."))),
        FixtureTool.of(
            "test_multiple_content_types",
            (arguments, call) ->
                Results.content(
                    text("Multiple content types test:"),
                    image(),
                    embedded(
                        "test://mixed-content-resource",
                        "application/json",
                        "{\"test\":\"data\",\"value\":123}"))),
        FixtureTool.of(
            "test_error_handling",
            (arguments, call) ->
                Results.error("This tool intentionally returns an error for testing")),
        FixtureTool.of(
            "json_schema_2020_12_tool",
            Samples.schema("json-schema-2020-12"),
            (arguments, call) -> Results.text("taken: " + arguments)));
  }
}
