// Keeps the page of the demo fresh: new messages as they come, threads at the side, commands without a reload.
const { body } = document;
const place = { channel: body.dataset.channel, as: body.dataset.as, thread: body.dataset.thread };
const messages = document.getElementById('messages');
const replies = document.getElementById('replies');
const aside = document.getElementById('thread');

function query() {
  return new URLSearchParams(place.thread ? { as: place.as, thread: place.thread } : { as: place.as });
}

/** Replaces what a pane shows; who reads further up is left there. */
function fill(pane, markup) {
  const isAtEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;
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
      const response = await fetch(`/c/${place.channel}/panes?${query()}`);
      if (!response.ok) return;
      const panes = await response.json();
      fill(messages, panes.messages);
      aside.hidden = panes.thread === '';
      fill(replies, panes.thread);
      markRead();
    } while (isStale);
  } finally {
    isRefreshing = false;
  }
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
  history.pushState(null, '', `/c/${place.channel}?${query()}`);
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
  const button = event.target.closest('button[data-action]');
  if (button) void press(button);
});

async function press(button) {
  button.disabled = true;
  const { ts } = button.closest('[data-ts]').dataset;
  const form = new URLSearchParams({ as: place.as, ts, action: button.dataset.action });
  await fetch(`/c/${place.channel}/press`, { method: 'POST', body: form });
  button.disabled = false;
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(event.target);
});

async function send(form) {
  const data = new URLSearchParams(new FormData(form));
  form.elements.text.value = '';
  messages.scrollTop = messages.scrollHeight;
  await fetch(form.action, { method: 'POST', body: data, headers: { 'X-Requested-With': 'fetch' } });
  await refresh();
}

new EventSource('/events').addEventListener('message', (event) => {
  const { channel } = JSON.parse(event.data);
  if (channel === place.channel) void refresh();
  else document.querySelector(`nav [data-channel="${channel}"]`)?.classList.add('unread');
});

/** The newest message, from its beginning when it is longer than the pane. */
function showNewest() {
  messages.scrollTop = messages.scrollHeight;
  const last = [...messages.querySelectorAll('[data-ts]')].at(-1);
  if (last && last.offsetHeight > messages.clientHeight) last.scrollIntoView({ block: 'start' });
}
function showReplies() {
  replies.querySelector('.reply-count')?.scrollIntoView({ block: 'start' });
}
showNewest();
showReplies();
markRead();
body.classList.add('live');
