# prepare.cmake: run by cpack between installing into a staging folder and packing it: what Debian asks of a package and
# `cmake --install` does not do.
set(usr ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
set(doc ${usr}/share/doc/bylaw)
file(COPY ${CPACK_BYLAW_DEBIAN}/copyright ${CPACK_BYLAW_DEBIAN}/changelog DESTINATION ${doc})
file(MAKE_DIRECTORY ${usr}/share/lintian/overrides)
file(COPY_FILE ${CPACK_BYLAW_DEBIAN}/overrides ${usr}/share/lintian/overrides/bylaw)
file(GLOB_RECURSE pages ${usr}/share/man/*.[1-8])
execute_process(COMMAND gzip -9n ${pages} ${doc}/changelog COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE linked ${usr}/bin/* ${usr}/lib/*.so.*.*)
file(GLOB_RECURSE archives ${usr}/lib/*.a)
execute_process(COMMAND strip --remove-section=.comment --remove-section=.note ${linked} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND strip --strip-debug --remove-section=.comment --enable-deterministic-archives ${archives}
                COMMAND_ERROR_IS_FATAL ANY)
