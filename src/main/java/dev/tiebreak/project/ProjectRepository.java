package dev.tiebreak.project;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ProjectRepository extends JpaRepository<Project, Long> {

  Optional<Project> findBySlug(String slug);

  @Lock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from Project p where p.slug = :slug")
  Optional<Project> lockBySlug(String slug);

  List<Project> findByProjectIdGreaterThanOrderByProjectId(long after, Limit limit);

  List<Project> findByProjectIdGreaterThanAndSlugInOrderByProjectId(
      long after, Collection<String> slugs, Limit limit);

  @Query("select p from Project p order by p.priority desc, p.createdAt, p.projectId")
  List<Project> findAllByPriorityThenAge();

  @Query(
      "select p from Project p where p.slug in :slugs order by p.priority desc, p.createdAt, p.projectId")
  List<Project> findByPriorityThenAge(Collection<String> slugs);

  @Query(nativeQuery = true, value = "select delete_project(:projectId)")
  void deleteWithAllItHolds(long projectId);
}
