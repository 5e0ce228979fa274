/**
 * Small scripts that let a person at a real browser work with the pages, as Bamboo's own do. They stand in decorated pages only and say
 * nothing that a page is known by.
 */

/**
 * Shows the sections whose control has the value that they depend on, and saves by multipart, telling what came of it. An action with the
 * configured base URL is sent to the address in use, as it would be behind a proxy.
 */
export const FORM_SCRIPT = `<script>
(function () {
  var word = function (raw) { return raw.replace(/[.:]/g, '_'); };
  var valueOf = function (form, name) {
    var found = Array.prototype.filter.call(form.elements, function (each) { return each.name && word(each.name) === name; });
    var chosen = found.filter(function (each) { return (each.type !== 'checkbox' && each.type !== 'radio') || each.checked; })[0];
    return chosen ? word(chosen.value) : '';
  };
  var refresh = function (form) {
    form.querySelectorAll('fieldset').forEach(function (each) {
      var on = /(?:^| )dependsOn(\\S+)/.exec(each.className), value = /(?:^| )showOn(\\S+)/.exec(each.className);
      if (on && value) each.style.display = valueOf(form, word(on[1])) === word(value[1]) ? '' : 'none';
    });
  };
  var tell = function (form, kind, text) {
    var old = form.querySelector('.aui-message');
    if (old) old.remove();
    var box = document.createElement('div');
    box.className = 'aui-message ' + kind;
    box.appendChild(document.createElement('p')).textContent = text;
    form.prepend(box);
  };
  var save = function (form, button) {
    var data = new FormData(form, button), action = new URL(form.action);
    data.append('bamboo.successReturnMode', 'json-as-html');
    data.append('decorator', 'nothing');
    data.append('confirm', 'true');
    fetch(action.pathname + action.search, { method: 'POST', body: data, redirect: 'manual' }).then(function (answer) {
      return answer.type === 'opaqueredirect' ? '<textarea>{"status":"OK"}</textarea>' : answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, 'text/html'), area = page.querySelector('body > textarea:only-child');
      var json = area ? JSON.parse(area.value) : null;
      if (json && json.status === 'OK') return tell(form, 'success', 'Saved.');
      var notes = json ? Object.values(json.fieldErrors || {}).concat(json.errors || []) : Array.prototype.map.call(page.querySelectorAll('.error'), function (each) { return each.textContent; });
      tell(form, 'error', 'Not saved. ' + notes.join(' '));
    });
  };
  document.querySelectorAll('form[enctype="multipart/form-data"]').forEach(function (form) {
    form.addEventListener('change', function () { refresh(form); });
    form.addEventListener('submit', function (event) { event.preventDefault(); save(form, event.submitter); });
    refresh(form);
  });
})();
</script>`;

/** Sends the confirmed password as JSON, then asks for the page again. */
export const ELEVATION_SCRIPT = `<script>
(function () {
  var form = document.getElementById('websudo');
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var body = JSON.stringify({ password: form.elements.password.value });
    fetch(new URL(form.action).pathname, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: body }).then(function (answer) {
      if (answer.ok) location.reload();
      else form.insertAdjacentText('afterbegin', 'Your password is incorrect.');
    });
  });
})();
</script>`;

/** The two steps: user name and password, and a code where the server asks for one. */
export const TWO_STEP_SCRIPT = `<script>
(function () {
  var box = document.getElementById('tsv'), conversation;
  var field = function (name) { return box.querySelector('[name=' + name + ']'); };
  var send = function (path, body) {
    return fetch(box.dataset.base + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then(function (answer) {
      return answer.json().then(function (told) { return { ok: answer.ok, told: told }; });
    });
  };
  var go = function (answer) {
    var target = answer.told.authenticated ? new URL(answer.told.targetUrl, location.href) : null;
    if (target) return location.assign(target.pathname + target.search);
    conversation = answer.told.conversationId;
    if (conversation || answer.told.totpRequired) document.getElementById('tsv-code').hidden = false;
    else document.getElementById('tsv-problem').textContent = answer.told.errors[0].message;
  };
  document.getElementById('tsv-next').addEventListener('click', function () {
    send('/authenticate', { username: field('username').value, password: field('password').value, rememberMe: false, targetUrl: box.dataset.target }).then(go);
  });
  document.getElementById('tsv-verify').addEventListener('click', function () {
    send('/authenticate/totp-code', { totpCode: field('totpCode').value, conversationId: conversation, targetUrl: box.dataset.target }).then(go);
  });
})();
</script>`;
