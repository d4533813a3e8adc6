/* Loaded into vsftpd (LD_PRELOAD): keeps what vsftpd acknowledges, whatever the camera does next.
 *
 * A camera sees its connection's folder and may rename, delete and send again what it sent: many need that to believe
 * that an upload worked. The gateway must lose no acknowledged byte by it. So each upload that ended gets a second name
 * in the intake, the folder .camspool below the connection's own, before vsftpd says 226: there the watcher takes it,
 * while the first name stays for the camera.
 *
 *     .camspool/whole~INODE~QUOTED-PATH       vsftpd acknowledges it; content and name are on the disk
 *     .camspool/unclosed~INODE~QUOTED-PATH    as whole, but the camera hung up without a TLS goodbye
 *     .camspool/cut~INODE~QUOTED-PATH         its transfer broke off
 *     .camspool/withdrawn~INODE~QUOTED-PATH   its own connection deleted it after it was acknowledged
 *     .camspool/tree~                         a path too long to quote: the watcher takes it where it lies
 *
 * A file that has its name in the intake is read-only (0440); by that mode it is known, and nothing writes to it again.
 * What vsftpd is about to do is read from the lines it logs before it answers: "OK UPLOAD" and "FAIL UPLOAD" come
 * before 226 and 426. Measured with vsftpd 3.0.3 and 3.0.5; ingest/ftps/intake.py builds this and says when it cannot.
 *
 * Environment: CAMSPOOL_RESERVE_BYTES (an upload that goes below this free space ends with 451), and
 * CAMSPOOL_LENIENT (":name:name:", accounts whose uploads count as finished without a TLS goodbye), CAMSPOOL_FLUSH ("0":
 * nothing is flushed, so a power cut may take the last seconds).
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#define INTAKE "/.camspool"
#define NOREPLACE 1
#define TAKEN_MODE 0440
#define CHECK_EVERY_BYTES (1024 * 1024)
#define CUT_MAX_BYTES (32 * 1024 * 1024) /* as in ingest/taking/cut.py: no more of a broken transfer is worth keeping */
#define LEVELS_MAX 16 /* made by one command: a stranger must not make thousands */
#define EXTENSION_MAX_BYTES 6 /* with its dot */
#define TLS_CLOSED 2 /* SSL_RECEIVED_SHUTDOWN */
#define TLS_DATA 23
#define RECORD_HEAD_BYTES 5
#define RECORD_MAX_BYTES 16384

enum outcome { ARRIVING, WHOLE, CUT };

/* The one upload of this process that is under way. */
static int upload = -1;
static enum outcome outcome;
static char upload_name[PATH_MAX]; /* as the camera gave it, in the folder where it is */
static char upload_path[PATH_MAX]; /* empty where it is too long to be told */
static unsigned long long unchecked_bytes;

/* Shared with the process that speaks TLS for this one. */
static volatile int *unclosed;

static int log_file = -1;
static int resume;
static char account[128];
static unsigned long long reserve_bytes;
static const char *lenient = "";
static int flushes = 1;

__attribute__((constructor)) static void read_environment(void) {
    const char *reserve = getenv("CAMSPOOL_RESERVE_BYTES"), *accounts = getenv("CAMSPOOL_LENIENT");
    const char *flush = getenv("CAMSPOOL_FLUSH");
    void *shared = mmap(NULL, sizeof *unclosed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    unclosed = shared == MAP_FAILED ? calloc(1, sizeof *unclosed) : shared;
    reserve_bytes = reserve ? strtoull(reserve, NULL, 10) : 0;
    if (accounts) lenient = strdup(accounts);
    if (flush) flushes = strcmp(flush, "0") != 0;
}

/* Write the path of a name, below the connection's folder and without dots, to `result`; 0 when it does not fit. There
 * are no links below a connection's folder, so this is what the kernel finds. */
static int path_of(const char *name, char *result) {
    char given[PATH_MAX];
    size_t length = 0;
    if (name[0] != '/') {
        if (!getcwd(given, sizeof given)) return 0;
        length = strlen(given);
    }
    if (length + strlen(name) + 2 > sizeof given) return 0;
    given[length] = '/';
    strcpy(given + length + 1, name);
    char *end = result;
    for (char *rest, *part = strtok_r(given, "/", &rest); part; part = strtok_r(NULL, "/", &rest)) {
        if (strcmp(part, ".") == 0) continue;
        if (strcmp(part, "..") == 0) {
            while (end > result && *--end != '/') {}
            continue;
        }
        end += sprintf(end, "/%s", part);
    }
    *end = 0;
    return 1;
}

static int is_in_intake(const char *path) {
    size_t length = strlen(INTAKE);
    return strncmp(path, INTAKE, length) == 0 && (path[length] == '/' || !path[length]);
}

/* The same for a name that a camera may change: neither the connection's folder itself nor anything in the intake. */
static int whole_path(const char *name, char *result) {
    return path_of(name, result) && *result && !is_in_intake(result);
}

/* Say whether a camera may make or remove what has this name. No camera is in the intake, see chdir: so in a folder too
 * deep to be told, only a name that tells of the intake could lead there. */
static int is_open_to_cameras(const char *name) {
    char path[PATH_MAX];
    return path_of(name, path) ? *path && !is_in_intake(path) : !strstr(name, INTAKE + 1);
}

/* Write the name in the intake of a file to `result`; 0 when it does not fit. Quoted as ingest/spool/names.py does. */
static int intake_name(const char *state, ino_t inode, const char *path, char *result, size_t size) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    int start = snprintf(result, size, INTAKE "/%s~%llu~", state, (unsigned long long)inode);
    char *end = result + start, *limit = result + strlen(INTAKE) + 1 + NAME_MAX;
    for (const unsigned char *byte = (const unsigned char *)path + 1; *byte; byte++) {
        if (end + 3 > limit || end + 4 > result + size) return 0;
        if (strchr(plain, *byte)) *end++ = (char)*byte;
        else end += sprintf(end, "%%%02X", *byte);
    }
    *end = 0;
    return 1;
}

static int flush_folder(const char *folder) {
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int result = fsync(descriptor);
    syscall(SYS_close, descriptor);
    return result;
}

static int rename_new(const char *from, const char *to) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, NOREPLACE);
}

/* Give the upload its name in the intake; -1 with errno when that cannot be. Where the name does not fit, the watcher
 * is told to look into the tree. */
static int put_into_intake(const char *state) {
    char name[PATH_MAX];
    struct stat64 file;
    if (fstat64(upload, &file)) return -1;
    if (*upload_path && intake_name(state, file.st_ino, upload_path, name, sizeof name))
        /* In this order: what has the mode has its name. */
        return linkat(AT_FDCWD, upload_name, AT_FDCWD, name, 0) || fchmod(upload, TAKEN_MODE);
    int mark = (int)syscall(SYS_openat, AT_FDCWD, INTAKE "/tree~", O_WRONLY | O_CREAT | O_CLOEXEC, 0660);
    if (mark < 0) return -1;
    return (int)syscall(SYS_close, mark);
}

/* Before vsftpd says 226: the upload gets its name, and everything is on the disk. Where that fails, this connection
 * ends without an answer, and the camera sends again. */
static void acknowledge(void) {
    outcome = WHOLE;
    if (put_into_intake(*unclosed ? "unclosed" : "whole") != 0) _exit(1);
    if (flushes && (fsync(upload) || flush_folder(INTAKE))) _exit(1);
}

static void give_up(void) {
    struct stat64 file;
    outcome = CUT;
    if (fstat64(upload, &file) == 0 && file.st_size > 0 && file.st_size <= CUT_MAX_BYTES) put_into_intake("cut");
}

/* What a line of the log says after "[account] ", where vsftpd itself speaks. */
static int says(const char *line, size_t length, const char *words) {
    const char *found = memmem(line, length, "] ", 2);
    while (found) {
        const char *rest = found + 2;
        size_t left = length - (size_t)(rest - line);
        if (left > 0 && *rest != '[') return left >= strlen(words) && memcmp(rest, words, strlen(words)) == 0;
        found = memmem(rest, left, "] ", 2);
    }
    return 0;
}

/* The argument of a command that the log tells: `... FTP command: Client "192.0.2.7", "USER camera"`. */
static int argument(const char *line, size_t length, const char *verb, char *result, size_t size) {
    const char *found = memmem(line, length, "\", \"", 4);
    if (!found || !says(line, length, "FTP command: ")) return 0;
    found += 4;
    size_t left = length - (size_t)(found - line);
    if (left <= strlen(verb) || strncasecmp(found, verb, strlen(verb))) return 0;
    const char *from = found + strlen(verb), *end = memrchr(from, '"', left - strlen(verb));
    if (!end || (size_t)(end - from) >= size) return 0;
    memcpy(result, from, (size_t)(end - from));
    result[end - from] = 0;
    return 1;
}

static void read_log_line(const char *line, size_t length) {
    char number[32];
    if (upload >= 0 && outcome == ARRIVING && says(line, length, "OK UPLOAD: ")) acknowledge();
    else if (upload >= 0 && outcome == ARRIVING && says(line, length, "FAIL UPLOAD: ")) give_up();
    else if (argument(line, length, "REST ", number, sizeof number)) resume = strtoll(number, NULL, 10) > 0;
    else if (argument(line, length, "USER ", account, sizeof account)) return;
}

/* Say whether a name is free or may be replaced: what has its name in the intake loses nothing by it. */
static int is_free(const char *name) {
    struct stat64 file;
    if (lstat64(name, &file)) return errno == ENOENT;
    if (S_ISREG(file.st_mode) && (file.st_mode & 0777) == TAKEN_MODE) return 1;
    errno = EEXIST;
    return 0;
}

/* Say whether a name looks like a file's: what some clients try to enter, to learn whether it is a folder. A date such
 * as 2026.11.26 does not. */
static int is_a_files_name(const char *name) {
    const char *slash = strrchr(name, '/'), *dot = strrchr(slash ? slash : name, '.');
    if (!dot || !dot[1] || strlen(dot) > EXTENSION_MAX_BYTES) return 0;
    int has_letter = 0;
    for (const char *byte = dot + 1; *byte; byte++) {
        if (!isalnum((unsigned char)*byte)) return 0;
        has_letter |= isalpha((unsigned char)*byte);
    }
    return has_letter;
}

/* Make the folders above a name, and with `itself` the folder of that name, as far as they are missing. Many cameras
 * enter their folder, or store into it, without making it first; none goes up by dots to get there, or deep. Only a
 * guest may: vsftpd is root until the log-in. */
static void make_folders(const char *name, int itself) {
    char path[PATH_MAX];
    int levels = itself;
    if (!geteuid() || strstr(name, "..") || strlen(name) + 2 > sizeof path || !is_open_to_cameras(name)) return;
    for (const char *byte = name; *byte; byte++) levels += *byte == '/';
    if (levels > LEVELS_MAX) return;
    sprintf(path, "%s%s", name, itself ? "/" : "");
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        syscall(SYS_mkdirat, AT_FDCWD, path, 0777);
        *slash = '/';
    }
}

static int create(const char *name, mode_t mode) {
    if (resume) { /* the tail of a file whose beginning is not here */
        resume = 0;
        errno = EINVAL;
        return -1;
    }
    if (strlen(name) >= sizeof upload_name || !is_open_to_cameras(name)) {
        errno = EPERM;
        return -1;
    }
    strcpy(upload_name, name);
    if (!path_of(name, upload_path)) *upload_path = 0;
    if (!is_free(name)) return -1;
    syscall(SYS_unlinkat, AT_FDCWD, name, 0);
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_APPEND;
    upload = (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
    if (upload < 0 && errno == ENOENT && strchr(name, '/')) {
        make_folders(name, 0);
        upload = (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
    }
    outcome = ARRIVING;
    *unclosed = 0;
    unchecked_bytes = CHECK_EVERY_BYTES;
    return upload;
}

/* Which name it is called by depends on the machine. */
int open(const char *name, int flags, ...) __attribute__((alias("open64")));

int open64(const char *name, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    /* vsftpd opens its log first, before it has logged anything in. */
    if ((flags & O_CREAT) && log_file >= 0) return create(name, mode);
    int opened = (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
    if ((flags & O_CREAT) && opened >= 0) log_file = opened;
    return opened;
}

static int is_space_left(size_t size_bytes) {
    struct statvfs64 disk;
    unchecked_bytes += size_bytes;
    if (unchecked_bytes < CHECK_EVERY_BYTES) return 1;
    unchecked_bytes = 0;
    /* Begin to write what is there, so that little is left to wait for in the end. */
    if (flushes) sync_file_range(upload, 0, 0, SYNC_FILE_RANGE_WRITE);
    if (!reserve_bytes) return 1;
    return fstatvfs64(upload, &disk) || (unsigned long long)disk.f_bavail * disk.f_frsize >= reserve_bytes;
}

ssize_t write(int descriptor, const void *content, size_t size_bytes) {
    if (descriptor == log_file && log_file >= 0) read_log_line(content, size_bytes);
    if (descriptor == upload && upload >= 0 && !is_space_left(size_bytes)) {
        errno = ENOSPC;
        return -1;
    }
    return syscall(SYS_write, descriptor, content, size_bytes);
}

int close(int descriptor) {
    if (descriptor == upload && upload >= 0) {
        struct stat64 file;
        if (outcome == ARRIVING && fstat64(upload, &file) == 0) {
            if (file.st_size > 0) give_up();
            syscall(SYS_unlinkat, AT_FDCWD, upload_name, 0);
        }
        upload = -1;
    }
    return (int)syscall(SYS_close, descriptor);
}

/* Change the state or the path of what still lies in the intake; what the watcher has taken, it finds in the log. */
static void change_in_intake(const char *path, const char *to_state, const char *to_path, ino_t inode) {
    static const char *states[] = {"whole", "unclosed"};
    char from[PATH_MAX], to[PATH_MAX];
    for (int i = 0; i < 2; i++)
        if (intake_name(states[i], inode, path, from, sizeof from) &&
            intake_name(to_state ? to_state : states[i], inode, to_path, to, sizeof to))
            rename_new(from, to);
}

int unlink(const char *name) {
    char path[PATH_MAX];
    struct stat64 file;
    /* vsftpd itself, about an upload that failed, before it logs that. */
    if (upload >= 0 && outcome == ARRIVING) give_up();
    if (upload >= 0) return (int)syscall(SYS_unlinkat, AT_FDCWD, name, 0);
    if (lstat64(name, &file)) return -1;
    if (!S_ISREG(file.st_mode) || (file.st_mode & 0777) != TAKEN_MODE || !whole_path(name, path)) {
        errno = EPERM;
        return -1;
    }
    change_in_intake(path, "withdrawn", path, file.st_ino);
    return (int)syscall(SYS_unlinkat, AT_FDCWD, name, 0);
}

int rename(const char *from, const char *to) {
    char path[PATH_MAX], new_path[PATH_MAX], name[PATH_MAX];
    struct stat64 file;
    if (lstat64(from, &file) || !is_free(to)) return -1;
    if (!S_ISREG(file.st_mode) || (file.st_mode & 0777) != TAKEN_MODE || !whole_path(from, path) ||
        !whole_path(to, new_path) || !intake_name("withdrawn", file.st_ino, new_path, name, sizeof name)) {
        errno = EPERM;
        return -1;
    }
    if (syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0)) return -1;
    change_in_intake(path, NULL, new_path, file.st_ino);
    return 0;
}

/* Whether the camera has said goodbye on a TLS connection. For lenient accounts the answer is always yes, and the log
 * tells the truth: vsftpd asks only when the connection has ended. */
int SSL_get_shutdown(const void *connection) {
    static int (*ask)(const void *);
    static const char said[] = "camspool: the data ended without a TLS goodbye\n";
    char wanted[sizeof account + 2];
    if (!ask) ask = (int (*)(const void *))dlsym(RTLD_NEXT, "SSL_get_shutdown");
    int answer = ask(connection);
    if (!(answer & TLS_CLOSED)) *unclosed = 1;
    snprintf(wanted, sizeof wanted, ":%s:", account);
    if ((answer & TLS_CLOSED) || !*account || !strstr(lenient, wanted)) return answer;
    if (log_file >= 0) syscall(SYS_write, log_file, said, sizeof said - 1);
    return TLS_CLOSED;
}

/* Say whether a whole record of data has arrived, so that reading it waits for nothing and meets no goodbye. */
static int has_record(int connection) {
    unsigned char head[RECORD_HEAD_BYTES];
    int arrived = 0;
    if (ioctl(connection, FIONREAD, &arrived) || arrived <= RECORD_HEAD_BYTES) return 0;
    if (recv(connection, head, sizeof head, MSG_PEEK | MSG_DONTWAIT) != sizeof head || head[0] != TLS_DATA) return 0;
    return arrived >= RECORD_HEAD_BYTES + (head[3] << 8 | head[4]);
}

/* One record of an upload is 8 or 16 KB, and vsftpd hands each from the process that speaks TLS to the one that writes,
 * by some twenty calls. Where more records have arrived already and fit, they go along. */
int SSL_read(void *connection, void *content, int size_bytes) {
    static int (*read_one)(void *, void *, int), (*descriptor)(const void *);
    if (!read_one) read_one = (int (*)(void *, void *, int))dlsym(RTLD_NEXT, "SSL_read");
    if (!descriptor) descriptor = (int (*)(const void *))dlsym(RTLD_NEXT, "SSL_get_fd");
    int total = read_one(connection, content, size_bytes), more = total;
    /* A command is asked for with far less room. */
    while (more > 0 && size_bytes - total >= RECORD_MAX_BYTES && has_record(descriptor(connection))) {
        more = read_one(connection, (char *)content + total, size_bytes - total);
        if (more > 0) total += more;
    }
    return total;
}

int mkdir(const char *name, mode_t mode) {
    /* Before the log is open, vsftpd prepares itself. */
    if (log_file >= 0 && !is_open_to_cameras(name)) {
        errno = EPERM;
        return -1;
    }
    int result = (int)syscall(SYS_mkdirat, AT_FDCWD, name, mode);
    if (!result || errno != ENOENT || log_file < 0) return result;
    make_folders(name, 0);
    return (int)syscall(SYS_mkdirat, AT_FDCWD, name, mode);
}

int chdir(const char *name) {
    char path[PATH_MAX];
    int is_private = path_of(name, path) ? is_in_intake(path) : strstr(name, INTAKE + 1) != NULL;
    if (log_file >= 0 && is_private) {
        errno = EACCES;
        return -1;
    }
    int result = (int)syscall(SYS_chdir, name);
    if (!result || errno != ENOENT || log_file < 0 || is_a_files_name(name)) return result;
    make_folders(name, 1);
    return (int)syscall(SYS_chdir, name);
}

int rmdir(const char *name) {
    if (is_open_to_cameras(name)) return (int)syscall(SYS_unlinkat, AT_FDCWD, name, AT_REMOVEDIR);
    errno = EPERM;
    return -1;
}

/* vsftpd logs the version of the cipher for the one that is spoken, so TLS 1.2 may look like SSL 3: here it learns the
 * truth about the connection that it asked for the cipher of. */
static const void *asked_about;

const void *SSL_get_current_cipher(const void *connection) {
    static const void *(*ask)(const void *);
    if (!ask) ask = (const void *(*)(const void *))dlsym(RTLD_NEXT, "SSL_get_current_cipher");
    asked_about = connection;
    return ask(connection);
}

const char *SSL_CIPHER_get_version(const void *cipher) {
    static const char *(*ask)(const void *);
    static const char *(*spoken)(const void *);
    if (!ask) ask = (const char *(*)(const void *))dlsym(RTLD_NEXT, "SSL_CIPHER_get_version");
    if (!spoken) spoken = (const char *(*)(const void *))dlsym(RTLD_NEXT, "SSL_get_version");
    return spoken && asked_about ? spoken(asked_about) : ask(cipher);
}
