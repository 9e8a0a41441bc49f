package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ProviderList;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.RoutingView;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.gateway.anthropic.AnthropicModels;
import io.commandcenter.akm.gateway.anthropic.Messages;
import io.commandcenter.akm.gateway.dialect.Dialect;
import io.commandcenter.akm.gateway.dialect.ListedModel;
import io.commandcenter.akm.gateway.google.GoogleModels;
import io.commandcenter.akm.gateway.ollama.Chat;
import io.commandcenter.akm.gateway.ollama.Tags;
import io.commandcenter.akm.gateway.openai.ChatCompletions;
import io.commandcenter.akm.gateway.openai.OpenAiModels;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.Gate;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What may stand in {@code model}, of what the token may use, in each vendor's shape. */
final class ModelRoutes {
  private static final String JSON = "application/json";
  private static final Dialect OPENAI = new ChatCompletions();
  private static final Dialect ANTHROPIC = new Messages();
  private static final Dialect GOOGLE = GooglePaths.any().dialect();
  private static final Dialect OLLAMA = new Chat();

  /** As new as programs ask for; this server is no Ollama. */
  private static final String OLLAMA_VERSION = "0.13.3";

  private final Asking bus;

  ModelRoutes(Asking bus) {
    this.bus = bus;
  }

  void mount(Router router, Gate gate) {
    list(router, gate, "/v1/models", OPENAI, ModelRoutes::listed);
    list(router, gate, "/v1/models/*", OPENAI, ModelRoutes::one);
    list(router, gate, "/v1beta/models", GOOGLE, ModelRoutes::googlePage);
    list(router, gate, "/v1beta/models/*", GOOGLE, ModelRoutes::googleOne);
    list(router, gate, "/api/tags", OLLAMA, (rc, models) -> tags(models));
    gate.guard(router.get("/api/version"), Scope.READ_ONLY)
        .handler(
            rc -> Answers.send(rc, 200, JSON, Map.of(), Tags.version(OLLAMA_VERSION).toBuffer()))
        .failureHandler(rc -> GatewaySurface.fail(rc, OLLAMA));
  }

  private void list(
      Router router,
      Gate gate,
      String path,
      Dialect dialect,
      BiFunction<RoutingContext, List<ListedModel>, Buffer> shape) {
    gate.guard(router.get(path), Scope.READ_ONLY)
        .handler(
            rc ->
                models(Gate.principal(rc).grant())
                    .map(models -> shape.apply(rc, models))
                    .onSuccess(body -> Answers.send(rc, 200, JSON, Map.of(), body))
                    .onFailure(rc::fail))
        .failureHandler(
            rc ->
                GatewaySurface.fail(
                    rc, dialect == OPENAI && isAnthropic(rc) ? ANTHROPIC : dialect));
  }

  private Future<List<ListedModel>> models(Grant grant) {
    return bus.ask(RouterCalls.PROVIDERS, new ShowProviders())
        .compose(
            providers ->
                bus.ask(RouterCalls.ROUTING, new ShowRouting())
                    .map(routing -> models(providers, routing, grant)));
  }

  private static List<ListedModel> models(
      ProviderList providers, RoutingView routing, Grant grant) {
    var models = new ArrayList<ListedModel>();
    models.add(new ListedModel(Model.AUTO, "akm"));
    routing.tasks().stream()
        .filter(task -> grant.allowsTask(task.task()))
        .forEach(task -> models.add(new ListedModel(Model.TASK + task.task(), "akm")));
    providers.providers().stream()
        .filter(ProviderView::enabled)
        .forEach(
            provider ->
                provider.models().stream()
                    .filter(name -> grant.allows(provider.provider(), name))
                    .map(name -> provider.provider() + "/" + name)
                    .forEach(name -> models.add(new ListedModel(name, provider.provider()))));
    return models;
  }

  /** Both vendors have the same path: only Anthropic's callers send a version. */
  private static boolean isAnthropic(RoutingContext rc) {
    return rc.request().headers().contains("anthropic-version");
  }

  private static Buffer listed(RoutingContext rc, List<ListedModel> models) {
    var request = rc.request();
    return isAnthropic(rc)
        ? AnthropicModels.page(
            models,
            request.getParam("limit"),
            request.getParam("after_id"),
            request.getParam("before_id"))
        : OpenAiModels.list(models);
  }

  private static Buffer one(RoutingContext rc, List<ListedModel> models) {
    var model = named(rc, "/v1/models/", models);
    return isAnthropic(rc) ? AnthropicModels.one(model) : OpenAiModels.one(model);
  }

  private static Buffer googlePage(RoutingContext rc, List<ListedModel> models) {
    return GoogleModels.page(
            names(models), rc.request().getParam("pageSize"), rc.request().getParam("pageToken"))
        .toBuffer();
  }

  private static Buffer googleOne(RoutingContext rc, List<ListedModel> models) {
    return GoogleModels.model(named(rc, "/v1beta/models/", models).name()).toBuffer();
  }

  private static Buffer tags(List<ListedModel> models) {
    return Tags.of(names(models), Instant.EPOCH).toBuffer();
  }

  private static List<String> names(List<ListedModel> models) {
    return models.stream().map(ListedModel::name).toList();
  }

  /** By its listed name, or by a provider's own name for it. */
  private static ListedModel named(RoutingContext rc, String prefix, List<ListedModel> models) {
    var path = rc.normalizedPath();
    String name;
    try {
      name = URLDecoder.decode(path.substring(prefix.length()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.badRequest("the model's name in the path is not percent-encoded right");
    }
    return models.stream()
        .filter(model -> model.name().equals(name) || model.name().endsWith("/" + name))
        .findFirst()
        .orElseThrow(() -> Failure.notFound("no such model is offered to this token"));
  }
}
