package io.commandcenter.akm.admin;

import io.commandcenter.akm.core.crypto.Sha256;
import java.util.Base64;

/** How the one-time page looks, light and dark, from a phone's width on; it loads nothing. */
final class EntryStyle {
  static final String CSS =
      """
      :root{color-scheme:light dark;--line:#d5d9e2;--soft:#566073;--ink:#12161f;--back:#f4f6fa;\
      --card:#fff;--act:#1f5eff;--on:#fff;--bad:#b3261e;--badback:#fdf0ef;--good:#17713f;\
      --goodback:#edf8f1;--warn:#7a5200;--warnback:#fdf6e3}
      @media(prefers-color-scheme:dark){:root{--line:#323a49;--soft:#9aa5b8;--ink:#eef1f7;\
      --back:#0e1219;--card:#171c26;--act:#8aaaff;--on:#0b1020;--bad:#ff9d94;--badback:#2c1a1c;\
      --good:#71dba0;--goodback:#14261d;--warn:#f0c674;--warnback:#2a2316}}
      *{box-sizing:border-box}
      body{margin:0;padding:1rem;background:var(--back);color:var(--ink);\
      font:16px/1.55 system-ui,sans-serif}
      main{max-width:34rem;margin:6vh auto;padding:2rem;background:var(--card);\
      border:1px solid var(--line);border-radius:14px}
      @media(max-width:30rem){body{padding:.5rem}main{margin:.5rem auto;padding:1.25rem}}
      .server{color:var(--soft);font-size:.85rem;margin:0 0 .75rem;overflow-wrap:anywhere}
      h1{font-size:1.4rem;line-height:1.25;margin:0 0 1rem}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.2rem;margin:0 0 1.5rem}
      dt{color:var(--soft)}
      dd{margin:0;overflow-wrap:anywhere}
      code{font:.92em ui-monospace,monospace}
      label{display:block;font-weight:600;margin:0 0 .3rem}
      .hint{color:var(--soft);font-size:.9rem;margin:0 0 .45rem}
      input[type=text],input[type=password]{width:100%;min-height:2.9rem;padding:.6rem .8rem;\
      margin:0 0 1.2rem;font:inherit;color:inherit;background:var(--back);\
      border:1px solid var(--soft);border-radius:8px}
      .code{max-width:12rem;letter-spacing:.12em}
      .check{display:flex;gap:.7rem;align-items:flex-start;font-weight:400;margin:0 0 1.2rem}
      .check input{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none;accent-color:var(--act)}
      button{width:100%;min-height:2.9rem;padding:.6rem 1.4rem;font:inherit;font-weight:600;\
      color:var(--on);background:var(--act);border:0;border-radius:8px;cursor:pointer}
      a{color:var(--act)}
      :focus-visible{outline:3px solid var(--act);outline-offset:2px}
      .note{color:var(--soft);font-size:.9rem;margin:1.2rem 0 0}
      .box{border-left:4px solid;border-radius:0 8px 8px 0;padding:.6rem .9rem;margin:0 0 1.3rem}
      .bad{border-color:var(--bad);background:var(--badback)}
      .bad strong{color:var(--bad)}
      .good{border-color:var(--good);background:var(--goodback)}
      .good strong{color:var(--good)}
      .warn{border-color:var(--warn);background:var(--warnback)}
      .warn strong{color:var(--warn)}
      """;

  /** Only this style, only forms to this server, in no one's frame. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(Sha256.of(CSS))
          + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private EntryStyle() {}
}
