package io.commandcenter.akm.admin;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.names.RandomIds;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Surface;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestValidator;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** {@code /api/v1}: openapi.yaml is the route table, each operation with its scope. */
public final class AdminSurface implements Surface {
  private static final String SCOPE = "x-akm-scope";
  private static final String CONTRACT = "getContract";

  /** 128 random bits: nobody guesses the name of another's request. */
  private static final int CALL_ID_BYTES = 16;

  private static final String BACKUP = "makeBackup";

  private final Vertx vertx;
  private final Contract contract;
  private final Map<String, Action> operations;
  private final Intake intake;
  private final BackupDownload backups;

  AdminSurface(
      Vertx vertx,
      Contract contract,
      Map<String, Action> operations,
      BackupDownload backups,
      ServerConfig config) {
    this.vertx = vertx;
    this.contract = contract;
    this.operations = Map.copyOf(operations);
    this.backups = backups;
    intake = new Intake(RequestValidator.create(vertx, contract.api()), config.http());
    checkComplete(contract.api());
  }

  /** Reads the contract; fails if an operation has no handler, no scope, or no operation. */
  public static Future<AdminSurface> load(Vertx vertx, Asking bus, ServerConfig config) {
    var ids = new RandomIds(new SecureRandom());
    var operations = new HashMap<>(new KeyOperations(bus).table());
    operations.putAll(new RotationOperations(bus).table());
    operations.putAll(new KeyLifeOperations(bus).table());
    operations.putAll(new PanicOperations(bus).table());
    operations.putAll(new ServiceOperations(bus, () -> ids.next("call", CALL_ID_BYTES)).table());
    operations.putAll(new BudgetOperations(bus).table());
    operations.putAll(new SealOperations(bus).table());
    operations.putAll(new TokenOperations(bus).table());
    operations.putAll(new AuditOperations(bus).table());
    operations.putAll(new EntryOperations(bus).table());
    operations.putAll(new ShareOperations(bus).table());
    return Contract.load(vertx)
        .map(
            contract ->
                new AdminSurface(vertx, contract, operations, new BackupDownload(bus), config));
  }

  @Override
  public void mount(Router router, Gate gate) {
    var builder = RouterBuilder.create(vertx, contract.api());
    for (var route : builder.getRoutes()) {
      // Validated by Intake, which sees the body first: it may hold a key.
      route
          .setDoValidation(false)
          .setDoSecurity(false)
          .addHandler(gate.require(scope(route.getOperation())))
          .addHandler(handler(route));
    }
    var api = builder.createRouter();
    for (var route : api.getRoutes()) {
      var operation = route.metadata().get(RouterBuilder.KEY_META_DATA_OPERATION);
      if (operation instanceof Operation declared) {
        route.putMetadata(Gate.SCOPE, scope(declared));
      } else {
        // The builder's route for root handlers; there are none.
        route.remove();
      }
    }
    router.route("/api/v1/*").subRouter(api);
  }

  private Handler<RoutingContext> handler(OpenAPIRoute route) {
    var operation = route.getOperation();
    if (operation.getOperationId().equals(CONTRACT)) {
      return rc ->
          intake.take(rc, operation).onSuccess(call -> sendContract(rc)).onFailure(rc::fail);
    }
    if (operation.getOperationId().equals(BACKUP)) {
      return rc ->
          intake
              .take(rc, operation)
              .compose(call -> backups.send(rc, call.by().id()))
              .onFailure(rc::fail);
    }
    var action = operations.get(operation.getOperationId());
    return rc ->
        intake
            .take(rc, operation)
            .compose(action::answer)
            .onSuccess(answer -> send(rc, answer))
            .onFailure(rc::fail);
  }

  private static void send(RoutingContext rc, Answer answer) {
    Answers.send(rc, answer.status(), answer.type(), Map.of(), answer.body());
  }

  private void sendContract(RoutingContext rc) {
    Answers.send(rc, 200, "application/yaml", Map.of(), contract.text());
  }

  private void checkComplete(OpenAPIContract api) {
    var unhandled = new TreeSet<String>();
    for (var operation : api.operations()) {
      scope(operation);
      unhandled.add(operation.getOperationId());
    }
    unhandled.removeAll(operations.keySet());
    unhandled.remove(CONTRACT);
    unhandled.remove(BACKUP);
    if (!unhandled.isEmpty()) {
      throw new IllegalStateException("operations without a handler: " + unhandled);
    }
  }

  private static Scope scope(Operation operation) {
    if (operation.getOpenAPIModel().getValue(SCOPE) instanceof String slug) {
      return Scope.ofSlug(slug);
    }
    throw new IllegalStateException(
        "operation " + operation.getOperationId() + " declares no " + SCOPE);
  }
}
