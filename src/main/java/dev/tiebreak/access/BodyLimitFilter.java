package dev.tiebreak.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends bodies that grow too large, before anything is made of them. */
@Component
@Order(0)
class BodyLimitFilter extends OncePerRequestFilter {

  private static final String UPLOAD = "/projects/[^/]+/embeddings";

  private final AccessProperties access;

  BodyLimitFilter(AccessProperties access) {
    this.access = access;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean upload = request.getRequestURI().matches(UPLOAD);
    DataSize limit = upload ? access.maxUploadSize() : access.maxBodySize();
    chain.doFilter(new LimitedRequest(request, limit.toBytes()), response);
  }
}
