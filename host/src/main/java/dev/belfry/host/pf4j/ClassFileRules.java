package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Refusal;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for a single class of a plugin.
 *
 * @param packsJooq whether the plugin contains its own jOOQ
 */
record ClassFileRules(boolean packsJooq) {

    /** An entry that shows that a JAR contains jOOQ. */
    static final String JOOQ = "org/jooq/DSLContext.class";

    private static final byte[] JOOQ_PREFIX = "org/jooq/".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAGIC = 0xCAFEBABE;
    private static final int JAVA_1 = 44;

    /**
     * Types that put a plugin's class into static maps of org.jooq.impl.DefaultDataType, which keep the plugin from
     * being unloaded.
     */
    private static final Set<String> DATA_TYPE_MAKERS = Set.of(
            "org/jooq/Binding",
            "org/jooq/ContextConverter",
            "org/jooq/Converter",
            "org/jooq/EnumType",
            "org/jooq/impl/AbstractBinding",
            "org/jooq/impl/AbstractContextConverter",
            "org/jooq/impl/AbstractConverter",
            "org/jooq/impl/DefaultDataType",
            "org/jooq/impl/EnumConverter");

    private static final Set<String> DATA_TYPE_METHODS =
            Set.of("asConvertedDataType", "asConvertedDataTypeFrom", "asConvertedDataTypeTo", "asEnumDataType");

    void check(ClassEntryName name, byte[] content) throws Refusal {
        String className = name.className();
        if (content.length < 8 || ByteBuffer.wrap(content).getInt() != MAGIC) {
            throw new Refusal("its class " + className + " is not a class file");
        }
        int java = (ByteBuffer.wrap(content).getShort(6) & 0xFFFF) - JAVA_1;
        int host = Runtime.version().feature();
        // A multi-release class for a newer Java is not loaded here, so its version does not matter.
        if (java > Math.max(host, name.fromJava())) {
            throw new Refusal(
                    "its class " + className + " was compiled for Java " + java + "; this host runs on Java " + host);
        }
        if (!packsJooq && mentionsJooq(content)) {
            refuseDataTypes(className, content);
        }
    }

    /** A fast check that most classes pass. */
    private static boolean mentionsJooq(byte[] content) {
        for (int at = 0; at <= content.length - JOOQ_PREFIX.length; at++) {
            if (content[at] == JOOQ_PREFIX[0]
                    && Arrays.equals(content, at, at + JOOQ_PREFIX.length, JOOQ_PREFIX, 0, JOOQ_PREFIX.length)) {
                return true;
            }
        }
        return false;
    }

    private static void refuseDataTypes(String className, byte[] content) throws Refusal {
        ClassModel model;
        try {
            model = ClassFile.of().parse(content);
            Optional<String> maker = dataTypeMaker(model);
            if (maker.isPresent()) {
                throw new Refusal("its class " + className + " uses " + maker.get()
                        + " of the host's jOOQ, which would keep the plugin's classes from being unloaded:"
                        + " convert outside jOOQ, or pack jOOQ into the plugin's JAR");
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal("its class " + className + " is not a class file: " + e.getMessage(), e);
        }
    }

    private static Optional<String> dataTypeMaker(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type && DATA_TYPE_MAKERS.contains(type.asInternalName())) {
                return Optional.of(type.asInternalName().replace('/', '.'));
            }
            if (entry instanceof NameAndTypeEntry member
                    && DATA_TYPE_METHODS.contains(member.name().stringValue())) {
                return Optional.of(member.name().stringValue());
            }
        }
        return Optional.empty();
    }
}
