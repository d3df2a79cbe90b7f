// Keeps the files of the site, so that it opens without a network. Pages are made by the script; forms never come here.
"use strict";
const VERSION = "{version}";
const BASE = "{base}";
const FILES = ["{files}"];
const LATER = ["{later}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll([BASE, ...FILES])).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => clients.claim()));
});

// What a visit has loaded beside these files, another language or the other engine, is kept too.
addEventListener("message", (event) => {
  const { pathname } = new URL(event.data, location);
  if (!LATER.includes(pathname)) return;
  event.waitUntil(caches.open(VERSION).then(async (cache) => (await cache.match(pathname)) || cache.add(pathname)));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    // The first page stands in for every other; its script makes the one asked for.
    event.respondWith(fetch(request).catch(() => caches.match(BASE)));
  } else {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
