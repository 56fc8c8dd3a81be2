// Creates, counts, lists and marks through the generated client; ends with an error if one answer is not as documented.
import assert from 'node:assert/strict';
import { Configuration, NotificationsApi } from './client/index.js';

const basePath = process.argv[2] + '/api/notifications';
const guest = new NotificationsApi(new Configuration({ basePath }));

const before = (await guest.getNotificationsCount({ read: false })).count;
const created = await guest.createNotification({
    createNotificationRequest: { origin: 'ci', title: 'From TypeScript', targetUsers: ['default/guest'] },
});
const results = await guest.createNotifications({
    partial: true,
    createNotificationRequest: [
        { origin: 'ci', title: 'Also from TypeScript', targetUsers: ['default/guest'] },
        { origin: '', title: 'Refused' },
    ],
});
assert.equal(typeof results[0], 'string');
assert.equal((results[1] as { error: { name: string } }).error.name, 'InputError');
assert.equal((await guest.getNotificationsCount({ read: false })).count, before + 2);

const listed = await guest.getNotifications({ read: false });
assert.ok(listed.some(one => one.id === created.messageId && one.created instanceof Date));
await guest.setRead({ messageId: created.messageId, read: true });
assert.equal((await guest.getNotificationsCount({ read: false })).count, before + 1);
console.log('the TypeScript client creates, lists, counts and marks');
