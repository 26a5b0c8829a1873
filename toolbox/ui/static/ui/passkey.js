// Passkeys need the browser's help. Without this file the forms that use it stay hidden, and codes work.
"use strict";

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** What the server asks, with bytes where the browser wants bytes. */
function readable({ publicKey: asked }) {
  const known = list => (list || []).map(each => ({ ...each, id: bytes(each.id) }));
  const question = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) question.user = { ...asked.user, id: bytes(asked.user.id) };
  question.allowCredentials = known(asked.allowCredentials);
  question.excludeCredentials = known(asked.excludeCredentials);
  return { publicKey: question };
}

/** What the browser answers, as text. */
function written(key) {
  const answer = { clientDataJSON: text(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[part]) answer[part] = text(key.response[part]);
  return JSON.stringify({
    id: key.id, rawId: text(key.rawId), type: key.type, response: answer,
    clientExtensionResults: key.getClientExtensionResults(),
  });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    form.elements.svar.value = "";
    try {
      const token = form.elements.csrfmiddlewaretoken.value;
      const asked = await fetch(form.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token } });
      form.elements.svar.value = written(await navigator.credentials[form.dataset.passkey](readable(await asked.json())));
    } catch (error) {
      if (error.name === "NotAllowedError" || error.name === "AbortError") return; // the person turned back
    }
    form.submit(); // an empty answer: the page says what to do
  });
}
