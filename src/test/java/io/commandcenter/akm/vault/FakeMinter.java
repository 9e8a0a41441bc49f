package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Minter;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes keys as told, and notes what was asked of it. */
final class FakeMinter implements Minter {
  final List<String> made = new CopyOnWriteArrayList<>();
  final List<String> revoked = new CopyOnWriteArrayList<>();
  final List<Secret> admins = new CopyOnWriteArrayList<>();
  volatile boolean isBroken;

  static String key(int number) {
    return "sk-svcacct-" + ("minted" + number).repeat(6);
  }

  @Override
  public boolean makes(Place place) {
    return place.kind().equals("openai");
  }

  @Override
  public Future<Minted> make(Place place, Secret admin, String name) {
    if (isBroken) {
      return broken();
    }
    made.add(name);
    admins.add(admin.use(Secret::of));
    return Future.succeededFuture(new Minted("svc_" + made.size(), Secret.of(key(made.size()))));
  }

  @Override
  public Future<Void> revoke(Place place, Secret admin, String id) {
    if (isBroken) {
      return broken();
    }
    revoked.add(id);
    return Future.succeededFuture();
  }

  private static <T> Future<T> broken() {
    return Future.failedFuture(new Failure(Code.PROVIDER_FAILED, "the admin API is down"));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
