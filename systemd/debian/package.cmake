# The .deb, from the rules of `cmake --install`: cpack --config build/release/CPackConfig.cmake
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME duban)
set(CPACK_PACKAGE_VENDOR "the duban authors")
set(CPACK_PACKAGE_CONTACT "the duban authors <duban@example.org>")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/package)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# Without the copy of config/ beside the documentation: dpkg keeps what it shipped by itself.
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};duban;Unspecified;/")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${DUBAN_DEB_RELEASE})
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# what no library says: the user is made by systemd-sysusers, zones are the system's
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd (>= 252), tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
# CPack indents the lines, and writes a dot for an empty one.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"reminders of a published work plan (督办)
A plan is a folder of text files: units, clauses, duties and their dates. The
daemon duband tells each responsible unit what it owes, by mail or webhook,
until it has handed in; dubanctl checks, previews, rehearses and asks. The
future is computed from the files; the past is one SQLite file.

A plan of Wuhan from 2022 comes with it and is delivered into a folder until
a channel is set in /etc/duban/duband.toml.")

# All of /etc/duban: an edited file survives an upgrade, an untouched one follows it.
file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/config
     ${PROJECT_SOURCE_DIR}/config/*)
list(FILTER files EXCLUDE REGEX "contacts\\.private\\.toml$")
list(SORT files)
list(TRANSFORM files PREPEND ${DUBAN_CONFIG_DIR}/)
list(JOIN files "\n" files)
set(control ${CMAKE_CURRENT_BINARY_DIR}/debian)
file(CONFIGURE OUTPUT ${control}/conffiles CONTENT "${files}\n" @ONLY)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${control}/conffiles ${CMAKE_CURRENT_SOURCE_DIR}/debian/postinst
    ${CMAKE_CURRENT_SOURCE_DIR}/debian/prerm ${CMAKE_CURRENT_SOURCE_DIR}/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
