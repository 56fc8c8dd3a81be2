package dev.belfry.host.http;

import dev.belfry.api.access.Permission;
import dev.belfry.api.web.Pages;
import dev.belfry.host.assets.AssetFolder;
import java.io.IOException;
import java.net.URL;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A path outside {@code /api} with the pages of one generation. Has the path, and the JAR, until it is closed. */
final class PageMount implements HttpServer.Mount {

    private final String path;
    private final Runnable release;
    private final PluginPages declared;
    private @Nullable AssetFolder folder;
    private boolean closed;

    /** @param release gives the path back */
    PageMount(String path, Runnable release) {
        this.path = path;
        this.release = release;
        this.declared = new PluginPages(path);
    }

    @Override
    public Pages pages() {
        return declared;
    }

    String path() {
        return path;
    }

    /**
     * @throws IllegalArgumentException when a declared file is missing
     * @throws IllegalStateException when the plugin has stopped: an abandoned start may go on
     */
    synchronized PageTable complete(URL resources) {
        if (closed) {
            throw new IllegalStateException("the plugin has stopped and cannot mount pages at '" + path + "'");
        }
        declared.complete();
        String name = declared.files().folder();
        try {
            AssetFolder opened = AssetFolder.open(resources, name);
            folder = opened;
            if (opened.assets().isEmpty()) {
                throw new IllegalArgumentException("the pages at '" + path
                        + "' have no files: the plugin's JAR has none in the folder '" + name + "'");
            }
            return PageTable.of(path, declared, opened.assets());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the folder '" + name + "' of the pages at '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    HttpServer.DeclaredMount declared() {
        return new HttpServer.DeclaredMount(
                path,
                AccessText.of(declared.files().access()),
                declared.pages().entrySet().stream()
                        .map(page -> new HttpServer.DeclaredPage(
                                path + page.getKey().text(),
                                AccessText.of(page.getValue().access())))
                        .toList());
    }

    /** The permissions of the pages and files. */
    Set<Permission> permissions() {
        return Stream.concat(
                        Stream.of(declared.files().access()),
                        declared.pages().values().stream().map(PluginPages.PluginPage::access))
                .filter(Permission.class::isInstance)
                .map(Permission.class::cast)
                .collect(Collectors.toSet());
    }

    /** Gives the path back. */
    void release() {
        release.run();
    }

    @Override
    public synchronized void close() throws Exception {
        closed = true;
        release();
        if (folder != null) {
            folder.close();
        }
    }
}
