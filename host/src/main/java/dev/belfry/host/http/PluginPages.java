package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.web.Page;
import dev.belfry.api.web.PageFiles;
import dev.belfry.api.web.Pages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages and files that a plugin declared for one path. */
final class PluginPages implements Pages {

    private static final Pattern FOLDER =
            Pattern.compile("(?!(?i:META-INF))[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final String mount;
    private final Map<PagePath, PluginPage> pages = new LinkedHashMap<>();
    private String policy = DEFAULT_POLICY;
    private Optional<String> notFound = Optional.empty();
    private @Nullable PluginPageFiles files;
    private boolean complete;

    PluginPages(String mount) {
        this.mount = mount;
    }

    /** A page as a plugin declared it. */
    final class PluginPage implements Page {
        private final Access access;
        private final String file;
        private Optional<String> own = Optional.empty();

        private PluginPage(Access access, String file) {
            this.access = access;
            this.file = file;
        }

        @Override
        public Page contentSecurityPolicy(String value) {
            requireOpen();
            own = Optional.of(PagePolicy.check(value));
            return this;
        }

        Access access() {
            return access;
        }

        String file() {
            return file;
        }

        String policy() {
            return own.orElse(policy);
        }
    }

    /** The files as a plugin declared them. */
    final class PluginPageFiles implements PageFiles {
        private final String folder;
        private final Access access;
        private boolean anyOrigin;

        private PluginPageFiles(String folder, Access access) {
            this.folder = folder;
            this.access = access;
        }

        @Override
        public PageFiles anyOrigin() {
            requireOpen();
            if (access != Access.PUBLIC) {
                throw new IllegalStateException("the files of '" + folder + "' at '" + mount
                        + "' are not public, so pages of other origins cannot load them");
            }
            anyOrigin = true;
            return this;
        }

        String folder() {
            return folder;
        }

        Access access() {
            return access;
        }

        boolean isForAnyOrigin() {
            return anyOrigin;
        }
    }

    @Override
    public PageFiles files(String folder, Access access) {
        requireOpen();
        if (!FOLDER.matcher(folder).matches()) {
            throw new IllegalArgumentException("'" + folder + "' is no folder for the files at '" + mount
                    + "': it must be a path within the JAR, such as 'web', and not below META-INF");
        }
        if (files != null) {
            throw new IllegalStateException(
                    "the pages at '" + mount + "' already have the folder '" + files.folder() + "'");
        }
        files = new PluginPageFiles(folder, required(access, "the files of '" + folder + "'"));
        return files;
    }

    @Override
    public Page page(String path, Access access, String file) {
        requireOpen();
        PluginPage page = new PluginPage(required(access, "the page '" + mount + path + "'"), file);
        if (pages.putIfAbsent(PagePath.of(path), page) != null) {
            throw new IllegalArgumentException("the page '" + mount + path + "' is declared twice");
        }
        return page;
    }

    private static Access required(@Nullable Access access, String what) {
        if (access == null) {
            throw new IllegalArgumentException("the declaration of " + what + " does not say who may use it");
        }
        return access;
    }

    @Override
    public void notFound(String file) {
        requireOpen();
        if (notFound.isPresent()) {
            throw new IllegalStateException(
                    "the pages at '" + mount + "' already show '" + notFound.get() + "' for what does not exist");
        }
        notFound = Optional.of(file);
    }

    @Override
    public void contentSecurityPolicy(String value) {
        requireOpen();
        policy = PagePolicy.check(value);
    }

    private void requireOpen() {
        if (complete) {
            throw new IllegalStateException("pages can only be declared while the plugin starts");
        }
    }

    /**
     * From now on, nothing more can be declared.
     *
     * @throws IllegalArgumentException when no folder is declared
     */
    void complete() {
        requireOpen();
        complete = true;
        files();
    }

    PluginPageFiles files() {
        if (files == null) {
            throw new IllegalArgumentException("the pages at '" + mount + "' declare no folder with their files");
        }
        return files;
    }

    Map<PagePath, PluginPage> pages() {
        return pages;
    }

    Optional<String> notFound() {
        return notFound;
    }

    /** For files, and for pages without a policy of their own. */
    String policy() {
        return policy;
    }
}
