#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static long count(const char *folder)
{
    char path[512];
    struct dirent *entry;
    struct stat about;
    long found = 0;
    DIR *open = opendir(folder);
    if (open == NULL)
        return 0;
    while ((entry = readdir(open)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &about) != 0)
            continue;
        if (S_ISDIR(about.st_mode))
            // ruleid: directory-recursion
            found += count(path);
        else
            found++;
    }
    closedir(open);
    return found;
}

static long count_to(const char *folder, int depth)
{
    char path[512];
    struct dirent *entry;
    struct stat about;
    long found = 0;
    DIR *open = depth > 8 ? NULL : opendir(folder);
    if (open == NULL)
        return 0;
    while ((entry = readdir(open)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
            // ok: directory-recursion
            found += count_to(path, depth + 1);
    }
    closedir(open);
    return found;
}

int remove_all(const char *folder)
{
    struct dirent *entry;
    struct stat about;
    DIR *open = opendir(folder);
    while (open != NULL && (entry = readdir(open)) != NULL) {
        char path[300];
        // ok: directory-recursion
        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < 0)
            break;
        if (stat(path, &about) == 0 && S_ISDIR(about.st_mode) && entry->d_name[0] != '.') {
            // ruleid: directory-recursion
            if (remove_all(path) != 0)
                return -1;
        } else
            // ok: directory-recursion
            remove(path);
    }
    return open == NULL ? -1 : closedir(open);
}

static int count_without_links(const char *folder)
{
    struct dirent *entry;
    struct stat about;
    int found = 0;
    DIR *open = opendir(folder);
    while (open != NULL && (entry = readdir(open)) != NULL) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (lstat(path, &about) == 0 && S_ISDIR(about.st_mode) && entry->d_name[0] != '.')
            // ok: directory-recursion
            found += count_without_links(path);
    }
    if (open != NULL)
        closedir(open);
    return found;
}

static void list(const char *folder)
{
    struct dirent *entry;
    DIR *open = opendir(folder);
    while (open != NULL && (entry = readdir(open)) != NULL) {
        struct stat about;
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &about) < 0)
            continue;
        printf("%s\n", path);
        if ((about.st_mode & S_IFMT) == S_IFDIR)
            // ruleid: directory-recursion
            list(path);
    }
    if (open != NULL)
        closedir(open);
}

static void show(const char *folder)
{
    // ok: directory-recursion
    list(folder);
    // ok: directory-recursion
    printf("%ld %ld %d\n", count(folder), count_to(folder, 0), count_without_links(folder));
}

static long sizes(const char *folder)
{
    char path[512];
    struct stat about;
    struct dirent *entry;
    long all = 0;
    DIR *open = opendir(folder);
    if (!open)
        return -1;
    while ((entry = readdir(open))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &about))
            continue;
        // ruleid: directory-recursion
        all += S_ISDIR(about.st_mode) ? sizes(path) : about.st_size;
    }
    closedir(open);
    return all;
}

int walk_rest(const char *path, int rest)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    struct stat about;
    while ((entry = readdir(directory)) != NULL) {
        if (stat(entry->d_name, &about) == 0 && rest > 0)
            // ok: directory-recursion
            walk_rest(entry->d_name, rest - 1);
    }
    closedir(directory);
    return 0;
}
