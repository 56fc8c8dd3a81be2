package dev.belfry.api.web;

import dev.belfry.api.access.Access;

/**
 * The pages of a plugin below one path of the host, such as {@code /notifications}, and the files that they load: scripts, styles,
 * images. All come from one folder of the plugin's own JAR. The host serves GET and HEAD.
 *
 * <p>A request gets, in this order: the page with exactly this path, the file with this name, a page whose path has parameters, the
 * page of {@link #notFound}. The path of the mount itself ends in a slash ({@code /notifications/}) and no other page does; the host
 * redirects the other spelling and keeps the query. Pages can only be declared while the plugin starts.
 *
 * <p>Files are revalidated with their ETag at each use. A file whose name contains a hash of its content, such as {@code
 * app-3f9c2a1b.js}, is cached for a year: at least 8 lower-case hexadecimal digits with a letter and a digit among them, between a
 * {@code -} or {@code .} and the extension. {@code app.js.br} and {@code app.js.gz} beside {@code app.js} are its compressed forms.
 *
 * @since 0.2
 */
public interface Pages {

    /**
     * The policy that pages have by default: everything comes from the host itself, nothing is inline, nobody frames the page, and
     * scripts cannot write unchecked text into it.
     */
    String DEFAULT_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self';"
                    + " require-trusted-types-for 'script'";

    /**
     * Serves the files of a folder below the path of the mount. Must be called once. Files that a page shows are served only as that
     * page, so that they have one access rule. Names that begin with a dot, and classes, are not served.
     *
     * @param folder path within the JAR, such as {@code web}; not below {@code META-INF}
     * @param access who may load the files
     * @throws IllegalArgumentException if the folder is not of this form
     * @throws IllegalStateException if a folder is already declared, or if the plugin has already started
     */
    PageFiles files(String folder, Access access);

    /**
     * Serves a page. Two equal paths, or a file that does not exist, fail the start of the plugin.
     *
     * @param path relative to the path of the mount; begins with {@code /} and can have parameters as in {@code /{id}}, which the
     *     page's script reads from its address. A parameter does not match a name with the extension of a file, such as {@code
     *     app.js}: a missing file is not found
     * @param access who may see the page
     * @param file an HTML file, relative to the folder of {@link #files}
     * @throws IllegalArgumentException if the path is not of this form
     * @throws IllegalStateException if the plugin has already started
     */
    Page page(String path, Access access, String file);

    /**
     * Shows an HTML file to everybody who asks for something below the path that does not exist, with status 404. Without it, the
     * host responds with its own error in JSON.
     *
     * @param file relative to the folder of {@link #files}
     * @throws IllegalStateException if it is already declared, or if the plugin has already started
     */
    void notFound(String file);

    /**
     * Replaces {@link #DEFAULT_POLICY} for all pages and files of this mount.
     *
     * @param policy value of the header {@code Content-Security-Policy}
     * @throws IllegalArgumentException if it is not a list of directives
     * @throws IllegalStateException if the plugin has already started
     */
    void contentSecurityPolicy(String policy);
}
