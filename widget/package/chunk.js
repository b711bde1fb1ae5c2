// src/settings.ts
var SMALL = "(max-width: 479.98px), (max-height: 479.98px)";
function storageKey(server) {
  return `two-roles-chat ${server}`;
}
var tab = {
  get(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {
    }
  }
};
function watchPolicy(server, directive) {
  const { origin } = new URL(server);
  let forbidden = false;
  document.addEventListener("securitypolicyviolation", (event) => {
    const { blockedURI, disposition, effectiveDirective } = event;
    forbidden ||= disposition === "enforce" && effectiveDirective.startsWith(directive) && blockedURI.startsWith(origin);
  });
  return () => forbidden;
}

export {
  SMALL,
  storageKey,
  tab,
  watchPolicy
};
