package dev.belfry.notifications.rest;

import dev.belfry.api.web.Routes;
import dev.belfry.notifications.archive.NotificationExport;
import dev.belfry.notifications.archive.NotificationImport;
import dev.belfry.notifications.sending.CreateRequestRules;
import java.time.Clock;

/** The routes of exports and imports. They concern the notifications of all users. */
public final class ArchiveRoutes {

    private static final String EXPORT = "/notifications/export";
    private static final String IMPORT = "/notifications/import";

    private final NotificationExport export;
    private final NotificationImport imports;
    private final CreateRequestRules rules;
    private final Clock clock;

    /** @param rules see {@link CreateRequestRules#ofArchives} */
    public ArchiveRoutes(NotificationExport export, NotificationImport imports, CreateRequestRules rules, Clock clock) {
        this.export = export;
        this.imports = imports;
        this.rules = rules;
        this.clock = clock;
    }

    /** Before the route of one notification: the first route that matches is taken. */
    public void declare(Routes routes) {
        routes.withholdByDefault(NotificationPermissions.EXPORT, NotificationPermissions.IMPORT);
        routes.get(EXPORT, NotificationPermissions.EXPORT, new ExportNotifications(export))
                .query(ExportNotifications.AFTER, ExportNotifications.READER);
        routes.post(IMPORT, NotificationPermissions.IMPORT, new ImportNotifications(imports, rules, clock))
                .query();
    }
}
