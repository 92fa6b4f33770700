# The two functions every folder uses: offtenant_library and offtenant_tests.
# Sources are listed, never globbed; a library sees only what its DEPENDS name.

find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
list(APPEND CMAKE_MODULE_PATH /usr/lib/cmake/doctest)
find_package(fmt REQUIRED)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(OFFTENANT_SANITIZE)
  add_compile_options(-fsanitize=${OFFTENANT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OFFTENANT_SANITIZE})
endif()

add_compile_definitions(
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_DISABLE_VISIBILITY)

add_library(offtenant_options INTERFACE)
target_include_directories(offtenant_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(offtenant_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)

# offtenant_library(<name> SOURCES <cpp>... [HEADERS <hpp>...] [DEPENDS <target>...])
# One static library. A header must compile alone: all_verify_interface_header_sets checks it.
function(offtenant_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  if(arg_HEADERS)
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  endif()
  target_link_libraries(${name} PUBLIC offtenant_options ${arg_DEPENDS})
endfunction()

# offtenant_tests(<name> SOURCES <cpp>... DEPENDS <target>...)
# One doctest program; every test case becomes a CTest test labelled with its suite.
function(offtenant_tests name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE offtenant_options doctest_main ${arg_DEPENDS})
  doctest_discover_tests(${name} TEST_PREFIX "${name}: " ADD_LABELS 1 PROPERTIES TIMEOUT 120)
endfunction()
