// Keeps the page of the demo fresh: new messages as they come, threads at the side, commands without a reload.
const { body } = document;
const { path } = body.dataset;
const place = { channel: body.dataset.channel, as: body.dataset.as, thread: body.dataset.thread };
const messages = document.getElementById('messages');
const replies = document.getElementById('replies');
const aside = document.getElementById('thread');
const modal = document.getElementById('modal');

function query() {
  return new URLSearchParams(place.thread ? { as: place.as, thread: place.thread } : { as: place.as });
}

/** Replaces what a pane shows; who reads further up is left there, and a home is read from its top. */
function fill(pane, markup) {
  const isAtEnd = place.channel && pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;
  pane.innerHTML = markup;
  if (isAtEnd) pane.scrollTop = pane.scrollHeight;
}

let isRefreshing = false;
let isStale = false;
async function refresh() {
  if (isRefreshing) {
    isStale = true;
    return;
  }
  isRefreshing = true;
  try {
    do {
      isStale = false;
      const response = await fetch(`${path}/panes?${query()}`);
      if (!response.ok) return;
      const panes = await response.json();
      fill(messages, panes.messages);
      if (aside) {
        aside.hidden = panes.thread === '';
        fill(replies, panes.thread);
      }
      showModal(panes.modal);
      markRead();
    } while (isStale);
  } finally {
    isRefreshing = false;
  }
}

/** A form that is being filled in is left alone: what was typed must not go. */
function showModal(markup) {
  const shown = modal.querySelector('form')?.dataset.view;
  const next = new DOMParser().parseFromString(markup, 'text/html').querySelector('form')?.dataset.view;
  if (shown === next) return;
  modal.innerHTML = markup;
  modal.querySelector('textarea, .modal-body input, .modal-body select')?.focus();
}

/** Channels with something newer than what this person saw there stand in bold. */
function readKey(channel) {
  return `read ${place.as} ${channel}`;
}
function markRead() {
  const newest = [...messages.querySelectorAll('[data-ts]')].at(-1)?.dataset.ts;
  if (newest) localStorage.setItem(readKey(place.channel), newest);
}
for (const link of document.querySelectorAll('[data-channel][data-last]')) {
  const read = localStorage.getItem(readKey(link.dataset.channel));
  if (Number(link.dataset.last) > Number(read ?? 0)) link.classList.add('unread');
}
document.querySelector(`nav [data-channel="${place.channel}"]`)?.classList.remove('unread');

async function openThread(ts) {
  place.thread = ts;
  history.pushState(null, '', `${path}?${query()}`);
  for (const field of aside.querySelectorAll('input[name="thread"]')) field.value = ts;
  await refresh();
  showReplies();
}

addEventListener('popstate', () => {
  place.thread = new URLSearchParams(location.search).get('thread') ?? '';
  void refresh();
});

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-thread], .thread-close');
  if (link && link !== body) {
    event.preventDefault();
    void openThread(link.dataset.thread ?? '');
    return;
  }
  const chip = event.target.closest('[data-fill]');
  if (chip) {
    const field = chip.closest('form').elements.text;
    field.value = chip.dataset.fill;
    field.focus();
    return;
  }
  if (event.target.closest('.modal-close')) {
    void close();
    return;
  }
  const button = event.target.closest('button[data-action]');
  if (button) void press(button, button.dataset.value);
});

document.addEventListener('change', (event) => {
  const menu = event.target.closest('select[data-action]');
  if (menu && menu.value !== '') void press(menu, menu.value);
});

async function press(element, value) {
  element.disabled = true;
  const ts = element.closest('[data-ts]')?.dataset.ts ?? '';
  const form = new URLSearchParams({ as: place.as, ts, action: element.dataset.action });
  if (value) form.set('value', value);
  await fetch(`${path}/press`, { method: 'POST', body: form });
  element.disabled = false;
}

/** Sends the form on top; what is wrong stands under its field. */
async function submit(form) {
  const data = new URLSearchParams(new FormData(form));
  data.set('as', place.as);
  const response = await fetch(`${path}/submit`, { method: 'POST', body: data });
  const { errors } = await response.json();
  for (const field of form.querySelectorAll('[data-field]'))
    field.querySelector('.field-error').textContent = errors?.[field.dataset.field] ?? '';
  await refresh();
}

async function close() {
  await fetch(`${path}/close`, { method: 'POST', body: new URLSearchParams({ as: place.as }) });
  await refresh();
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.target.classList.contains('modal')) void submit(event.target);
  else void send(event.target);
});

async function send(form) {
  const data = new URLSearchParams(new FormData(form));
  form.elements.text.value = '';
  messages.scrollTop = messages.scrollHeight;
  await fetch(form.action, { method: 'POST', body: data, headers: { 'X-Requested-With': 'fetch' } });
  await refresh();
}

const events = new EventSource('/events');
let wasOpen = false;
// What came before there was anybody to tell, such as a home that was just made, or while the line was down.
events.addEventListener('open', () => {
  if (!place.channel || wasOpen) void refresh();
  wasOpen = true;
});
events.addEventListener('message', (event) => {
  const { kind, channel, ts } = JSON.parse(event.data);
  // A view names its person where a message names its time.
  if (kind === 'view' ? ts === place.as : channel === place.channel) void refresh();
  else document.querySelector(`nav [data-channel="${channel}"]`)?.classList.add('unread');
});

/** The newest message, from its beginning when it is longer than the pane. */
function showNewest() {
  messages.scrollTop = messages.scrollHeight;
  const last = [...messages.querySelectorAll('[data-ts]')].at(-1);
  if (last && last.offsetHeight > messages.clientHeight) last.scrollIntoView({ block: 'start' });
}
function showReplies() {
  replies?.querySelector('.reply-count')?.scrollIntoView({ block: 'start' });
}
if (place.channel) showNewest();
showReplies();
markRead();
body.classList.add('live');
